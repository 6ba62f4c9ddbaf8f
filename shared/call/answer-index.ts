import { type EventOf, eventsOf, type Picture, strikeOf } from './picture.ts';

export type Answer = EventOf<'answer.recorded'>;
type Strike = EventOf<'entry.struck'>;

/** What one question has so far. */
export interface Answered {
  /** Oldest first, struck ones included. */
  readonly all: readonly Answer[];
  /** Those that were not struck through, oldest first. */
  readonly standing: readonly Answer[];
  /** The newest that was not struck through. */
  readonly holding: Answer | undefined;
  /** What struck answers to it through. */
  readonly strikes: readonly Strike[];
}

const NOTHING: Answered = { all: [], standing: [], holding: undefined, strikes: [] };

interface Index {
  readonly strikes: readonly Strike[];
  readonly byQuestion: ReadonlyMap<string, Answered>;
}

const known = new WeakMap<readonly Answer[], Index>();

/**
 * The answers to one question. Gates and screens ask for hundreds of them at every key press, so the answers of a
 * picture are grouped once for each list of them: lists are never changed in place (`addEvent` makes new ones).
 */
export function answered(picture: Picture, question: string): Answered {
  const answers = eventsOf(picture, 'answer.recorded');
  const strikes = eventsOf(picture, 'entry.struck');
  let index = known.get(answers);
  if (index === undefined || !isSame(index.strikes, strikes)) {
    index = { strikes, byQuestion: group(picture, answers) };
    known.set(answers, index);
  }
  return index.byQuestion.get(question) ?? NOTHING;
}

/** An absent list is a new empty one each time. */
const isSame = (a: readonly Strike[], b: readonly Strike[]): boolean =>
  a === b || (a.length === 0 && b.length === 0);

function group(picture: Picture, answers: readonly Answer[]): ReadonlyMap<string, Answered> {
  const byQuestion = new Map<string, Growing>();
  for (const answer of answers) {
    const { question } = answer.data;
    const item = byQuestion.get(question) ?? { all: [], standing: [], holding: undefined, strikes: [] };
    byQuestion.set(question, item);
    item.all.push(answer);
    const strike = strikeOf(picture, answer);
    if (strike === undefined) {
      item.standing.push(answer);
      item.holding = answer;
    } else item.strikes.push(strike);
  }
  return byQuestion;
}

interface Growing {
  readonly all: Answer[];
  readonly standing: Answer[];
  holding: Answer | undefined;
  readonly strikes: Strike[];
}
