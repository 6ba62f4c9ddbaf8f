import { type Content } from '../../content/schema.ts';
import { type CallEvent } from '../../events/event.ts';
import { describeEvent } from '../../exports/record/describe.ts';
import { answerTitle } from '../../exports/words.ts';
import { type RunEntry } from '../caller/entries.ts';
import { type TrainingScript } from '../script/schema.ts';
import { clockText } from '../script/values.ts';
import {
  type CriticalResult,
  type ExpectationResult,
  type TimelineItem,
  type TimelineKind,
} from './debrief-types.ts';
import { type AttemptLog } from './log.ts';

/** Shorter than that is a breath. */
const QUIET_FROM_MS = 15_000;

/** Everything on one axis: record, words, injects, quiet, and where expectations were met or missed. */
export function timelineOf(
  log: AttemptLog,
  script: TrainingScript,
  content: Content,
  expectations: readonly ExpectationResult[],
  criticalFails: readonly CriticalResult[],
): readonly TimelineItem[] {
  const happened = [
    ...log.events.map(({ event, callMs, undone }) => marked(itemOfEvent(event, callMs, content), undone)),
    ...log.entries.flatMap(({ entry, undone }) =>
      itemOfEntry(entry, script, content).map((item) => marked(item, undone)),
    ),
  ].toSorted((a, b) => a.callMs - b.callMs);
  return [...happened, ...quiets(happened), ...judged(expectations, criticalFails, log)].toSorted(
    (a, b) => a.callMs - b.callMs,
  );
}

const marked = (item: TimelineItem, undone: boolean): TimelineItem => (undone ? { ...item, undone } : item);

function itemOfEvent(event: CallEvent, callMs: number, content: Content): TimelineItem {
  const { what, says } = describeEvent(event, content);
  const kinds: Partial<Record<CallEvent['type'], TimelineKind>> = {
    'answer.recorded': 'question',
    'stage.entered': 'stage',
    'note.added': 'note',
    'plan.recorded': 'words',
    'sayBack.recorded': 'words',
  };
  const answer = event.type === 'answer.recorded' ? answerTitle(event.data.state) : '';
  const text = [answer, says].filter((part) => part !== '').join(' · ');
  return { callMs, kind: kinds[event.type] ?? 'step', text: text === '' ? what : `${what}: ${text}` };
}

const INJECTS: Readonly<Record<Extract<RunEntry, { kind: 'injected' }>['does'], string>> = {
  networkDrops: 'The network drops.',
  networkReturns: 'The network is back.',
  hubSlow: 'Saving slows down.',
  hubNormal: 'Saving is normal again.',
  serviceFull: 'A service takes nobody more',
  entryStale: 'A directory entry turns out to be old',
  windowCrash: 'The window stops and comes back.',
};

/** As the trainer wrote it; a script of another version may have lost it. */
const serviceOf = ({ localServices = [] }: TrainingScript, id: string): string =>
  localServices.find((service) => service.id === id)?.name ?? id;
const intentOf = ({ onlyIfAsked = [], onlyIfAskedWell = [] }: TrainingScript, id: string | undefined) =>
  [...onlyIfAsked, ...onlyIfAskedWell].find((line) => line.id === id)?.intent ?? id;

function itemOfEntry(entry: RunEntry, script: TrainingScript, content: Content): readonly TimelineItem[] {
  const { callMs } = entry;
  const one = (
    kind: TimelineKind,
    text: string,
    more: Partial<TimelineItem> = {},
  ): readonly TimelineItem[] => [{ callMs, kind, text, ...more }];
  switch (entry.kind) {
    case 'asked': {
      // The record itself is on the axis already.
      if (entry.by === 'record') return [];
      const what =
        entry.question === undefined ? intentOf(script, entry.line) : content.question(entry.question)?.short;
      return one(
        'asked',
        `Asked: ${what ?? ''}${{ plain: '', well: ', with time', rushed: ', in a rush' }[entry.how]}`,
      );
    }
    case 'said':
      return one('said', entry.text, { who: entry.who, lastsMs: entry.lastsMs });
    case 'happened':
      return one('happened', entry.what, entry.lastsMs === undefined ? {} : { lastsMs: entry.lastsMs });
    case 'injected':
      return one(
        'inject',
        entry.service === undefined
          ? INJECTS[entry.does]
          : `${INJECTS[entry.does]}: ${serviceOf(script, entry.service)}`,
      );
    case 'paused':
      return one('pause', entry.why === 'restart' ? 'The program stopped and came back. Paused.' : 'Paused.');
    case 'resumed':
      return one('pause', 'Went on.');
    case 'checkpoint':
      return one('checkpoint', entry.title);
    case 'rewound':
      return one('rewound', `Rewound from ${clockText(entry.fromMs)}.`);
    case 'hinted':
      return one('hint', entry.text);
    case 'stopped':
      return one('pause', 'The practice was stopped.');
  }
}

/** Where nobody spoke and nothing was recorded: for talking about, since a quiet can be right. */
function quiets(items: readonly TimelineItem[]): readonly TimelineItem[] {
  let until = 0;
  return items.flatMap((item) => {
    const from = until;
    until = Math.max(until, item.callMs + (item.kind === 'said' ? (item.lastsMs ?? 0) : 0));
    const lastsMs = item.callMs - from;
    return lastsMs >= QUIET_FROM_MS && item.undone !== true
      ? [{ callMs: from, kind: 'quiet' as const, text: `Quiet for ${clockText(lastsMs)}.`, lastsMs }]
      : [];
  });
}

function judged(
  expectations: readonly ExpectationResult[],
  criticalFails: readonly CriticalResult[],
  log: AttemptLog,
): readonly TimelineItem[] {
  const words = { met: 'Met', missed: 'Missed', notReached: 'Not reached' } as const;
  return [
    ...expectations
      .filter(({ result }) => result !== 'notReached')
      .map(({ callMs, expect, result, why }): TimelineItem => ({
        callMs: callMs ?? log.endMs,
        kind: 'expectation',
        text: `${words[result]}: ${expect} ${why}`,
      })),
    ...criticalFails
      .filter(({ seen }) => seen)
      .map(({ callMs, what }): TimelineItem => ({
        callMs: callMs ?? log.endMs,
        kind: 'critical',
        text: what,
      })),
  ];
}
