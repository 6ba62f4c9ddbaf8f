import { type Answer, answerTo, isUnknown } from '../../call/facts.ts';
import { type Content } from '../../content/schema.ts';
import { type Fact } from '../script/caller-sheet.ts';
import { type FactResult } from './debrief-types.ts';
import { type AttemptLog } from './log.ts';

/** What became of one fact of the ledger: heard or not, and what the record says at the end. */
export function judgeFact(fact: Fact, log: AttemptLog, content: Content): FactResult {
  const { id, question } = fact;
  const heardMs = log.entries.find(
    ({ entry, undone }) => !undone && entry.kind === 'said' && entry.reveals.includes(id),
  )?.entry.callMs;
  const answer = answerTo(log.picture, question);
  const recordedMs = answer && log.events.find(({ event }) => event === answer)?.callMs;
  return {
    id,
    fact: fact.fact,
    question,
    result: resultOf(fact, heardMs !== undefined, answer, content),
    ...(heardMs === undefined ? {} : { heardMs }),
    ...(recordedMs === undefined ? {} : { recordedMs }),
  };
}

function resultOf(
  fact: Fact,
  isHeard: boolean,
  answer: Answer | undefined,
  content: Content,
): FactResult['result'] {
  const record = compared(fact, answer, content);
  if (!isHeard) return record === 'same' && !isUnknown(fact.answer) ? 'assumed' : 'notHeard';
  return ({ same: 'recorded', absent: 'heardNotRecorded', other: 'recordedOtherwise' } as const)[record];
}

/** Codes must be the same; of a text it is only asked whether there is one: two people never write the same. */
function compared(
  { question: id, answer: state, fields = {} }: Fact,
  answer: Answer | undefined,
  content: Content,
): 'same' | 'other' | 'absent' {
  if (answer === undefined) return 'absent';
  if (answer.data.state !== state) return isUnknown(answer.data.state) ? 'absent' : 'other';
  const codes = new Set(
    content
      .question(id)
      ?.fields?.filter(({ options }) => options !== undefined)
      .map((field) => field.id),
  );
  const given = answer.data.fields ?? {};
  const wanted = Object.entries(fields);
  if (wanted.some(([key]) => (given[key] ?? '').trim() === '')) return 'absent';
  return wanted.some(([key, value]) => codes.has(key) && given[key] !== value) ? 'other' : 'same';
}
