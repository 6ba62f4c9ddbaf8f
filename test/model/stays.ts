import { type AnswerState, type EventRef } from '../../shared/events/vocabulary.ts';

/** What one answer said, and which event said it. */
export interface Said {
  readonly state: AnswerState;
  readonly fields: Readonly<Record<string, string>>;
  readonly ref: EventRef;
}

/** What an earlier answer said that no later one undoes: a yes, a detail, an age (written a second time, as the rules are). */
const STAYS: Readonly<Record<string, { yes?: true; fields?: Readonly<Record<string, readonly string[]>> }>> =
  {
    S1: { yes: true, fields: { kind: ['taken'], when: ['today', 'week'], needsCare: ['yes'] } },
    S2: { yes: true },
    S3: { yes: true },
    S4a: { yes: true },
    S4b: { yes: true },
    S5: { fields: { children: ['yes'] } },
    S7: { yes: true },
    S8: { yes: true },
  };
const AGES = [16, 18];

/** What still stands of the answers before the newest and is not in it: `yes`, `kind:taken`, `under:18`. */
export function stayedIn(question: string, list: readonly Said[]): readonly string[] {
  const newest = list.at(-1);
  const now = newest === undefined ? [] : staying(question, newest);
  return [...new Set(list.flatMap((item) => staying(question, item)))]
    .filter((item) => !now.includes(item))
    .toSorted();
}

function staying(question: string, { state, fields }: Said): readonly string[] {
  if (!['yes', 'given'].includes(state)) return [];
  if (question === 'N5')
    return AGES.filter((years) => isYounger(fields, years)).map((years) => `under:${years}`);
  const { yes, fields: values = {} } = STAYS[question] ?? {};
  const details = Object.entries(values).flatMap(([id, codes]) => {
    const code = fields[id] ?? '';
    return codes.includes(code) ? [`${id}:${code}`] : [];
  });
  return [...(yes === true && state === 'yes' ? ['yes'] : []), ...details];
}

const BANDS: Readonly<Record<string, number>> = { under13: 12, from13to15: 15, from16to17: 17 };
const isYounger = ({ age, ageBand = '' }: Said['fields'], years: number): boolean =>
  (age === undefined ? (BANDS[ageBand] ?? 130) : Number(age)) < years;
