import { clockText } from '../../../shared/training/script/values.ts';
import { type Played } from './play.ts';

const at = (callMs: number | undefined): string =>
  callMs === undefined ? '  --  ' : clockText(callMs).padStart(6);
const RESULT = { met: 'met', missed: 'MISSED', notReached: 'not reached' } as const;
const FACT = {
  recorded: 'recorded',
  notHeard: 'NOT HEARD',
  heardNotRecorded: 'HEARD, NOT RECORDED',
  assumed: 'ASSUMED',
  recordedOtherwise: 'RECORDED OTHERWISE',
} as const;

/** A debrief as text for a terminal or a pipeline’s log. */
export function debriefText({ debrief, refused }: Played): string {
  const { title, lastsMs, timeline, times, expectations, criticalFails, facts, ending, handover, prompts } =
    debrief;
  return [
    `PRACTICE  ${title}`,
    `${clockText(lastsMs)} long · content ${debrief.contentVersion} · script ${debrief.scriptHash.slice(0, 12)}`,
    '',
    ...timeline.map(({ callMs, kind, who, text, undone }) =>
      `${at(callMs)}  ${(who ?? kind).padEnd(12)} ${text}${undone === true ? ' (undone)' : ''}`.trimEnd(),
    ),
    '',
    ...times.map(({ label, callMs }) => `${at(callMs)}  until: ${label}`),
    '',
    ...expectations.map(
      ({ result, expect, why, critical }) =>
        `${RESULT[result].padEnd(12)} ${critical ? '! ' : '  '}${expect} ${why}`,
    ),
    ...criticalFails.filter(({ seen }) => seen).map(({ what }) => `SEEN         ! ${what}`),
    '',
    ...facts
      .filter(({ result }) => result !== 'recorded')
      .map(({ question, fact, result }) => `${FACT[result].padEnd(20)} ${question}  ${fact}`),
    ...(facts.every(({ result }) => result === 'recorded') ? ['Every fact was heard and recorded.'] : []),
    `ending: ${ending.fits}${ending.because === undefined ? '' : `. ${ending.because}`}`,
    ...handover
      .filter(({ state }) => state !== 'known')
      .map(({ say, state }) => `hand-over: ${state}: ${say}`),
    ...refused.map(({ happening, why }) => `the desk did not take ${happening.type}: ${why}`),
    '',
    'To talk about (two strengths and two changes are yours to choose):',
    ...prompts.strengths.map((line) => `  + ${line}`),
    ...prompts.changes.map((line) => `  ~ ${line}`),
    '',
  ].join('\n');
}
