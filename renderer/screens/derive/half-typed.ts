import { type Draft } from '../../../shared/bridge/contract.ts';
import { type UtcMs } from '../../../shared/time.ts';

/** Words of one call that were typed and never kept. */
export interface HalfTyped {
  readonly call: string;
  readonly boxes: number;
  /** When the newest of them was typed. */
  readonly at: UtcMs;
}

/** What a form holds beside words: where one was, a time, a place for a distance. */
const NOT_WORDS = /:(?:paper:time|finder:[^:]*)$/u;

/**
 * Calls with words in a box that no entry has, the newest first. A choice that was made and not kept is a code without a space,
 * and no words are lost with it.
 */
export function halfTyped(drafts: readonly Draft[]): readonly HalfTyped[] {
  const calls = new Map<string, HalfTyped>();
  for (const { key, text, at } of drafts) {
    const [call = ''] = key.split(':', 1);
    if (NOT_WORDS.test(key) || !/\S\s+\S/u.test(text)) continue;
    const known = calls.get(call);
    calls.set(call, { call, boxes: (known?.boxes ?? 0) + 1, at: Math.max(known?.at ?? 0, at) });
  }
  return [...calls.values()].toSorted((a, b) => b.at - a.at);
}

/** Part of an answer, as `useAnswer` names its drafts. Who said it is not: it is chosen before anything is said. */
const ANSWER_PART = /^(?:state|words|f\..+)$/u;

/** Questions of a call with an answer that was begun and never kept (H33), in content's order. */
export function begunQuestions(
  drafts: readonly Draft[],
  call: string,
  questions: readonly string[],
): readonly string[] {
  const begun = new Set(
    drafts.flatMap(({ key }) => {
      const [of, question = '', part = ''] = key.split(':');
      return of === call && ANSWER_PART.test(part) ? [question] : [];
    }),
  );
  return questions.filter((id) => begun.has(id));
}
