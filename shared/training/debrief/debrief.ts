import { type Content } from '../../content/schema.ts';
import { type Moment } from '../script/moment.ts';
import { DEFAULT_DIRECT_QUESTION, type TrainingScript } from '../script/schema.ts';
import { type Attempt } from '../attempt/attempt.ts';
import { type Debrief, type KeyTime } from './debrief-types.ts';
import { endingOf, handoverItems } from './ending.ts';
import { judgeCritical, judgeExpectation } from './expectations.ts';
import { judgeFact } from './facts.ts';
import { type AttemptLog, readLog } from './log.ts';
import { promptsOf } from './prompts.ts';
import { timelineOf } from './timeline.ts';

/**
 * An attempt as two people talk about it. Pure and only from the logs and the frozen script; `content` is the pack of the
 * attempt's own version. The same attempt gives the same debrief on every machine.
 */
export function debriefOf(attempt: Attempt, content: Content): Debrief {
  const { script } = attempt;
  const log = readLog(attempt);
  const expectations = script.expectations.map((item) => judgeExpectation(item, log));
  const criticalFails = (script.criticalFails ?? []).map((item) => judgeCritical(item, log));
  const facts = script.facts.map((fact) => judgeFact(fact, log, content));
  return {
    title: script.title,
    trainee: attempt.trainee,
    mode: attempt.mode,
    contentVersion: attempt.contentVersion,
    scriptHash: attempt.scriptHash,
    startedAt: attempt.startedAt,
    lastsMs: log.endMs,
    timeline: timelineOf(log, script, content, expectations, criticalFails),
    times: timesOf(script, log, content),
    expectations,
    criticalFails,
    facts,
    ending: endingOf(script, log.picture, content),
    handover: handoverItems(log.picture, content),
    prompts: promptsOf(expectations, criticalFails, facts),
  };
}

function timesOf(script: TrainingScript, log: AttemptLog, content: Content): readonly KeyTime[] {
  const at = (what: KeyTime['what'], label: string, moment: Moment): KeyTime => {
    const [callMs] = log.timesOf(moment);
    return { what, label, ...(callMs === undefined ? {} : { callMs }) };
  };
  const where = content.landmarks.whereNow.question;
  return [
    at('location', 'Where they are', { answer: { to: where, is: ['given'] } }),
    at('directQuestion', 'The direct question', { asked: script.directQuestion ?? DEFAULT_DIRECT_QUESTION }),
    at('emergencyAction', 'Emergency action', { recorded: 'emergency' }),
  ];
}
