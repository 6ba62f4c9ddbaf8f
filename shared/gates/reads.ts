import { type Content, type GateCheck } from '../content/schema.ts';
import { type Condition, questionsNamed, type RecordedThing, walk } from './condition.ts';

/** What a check reads of a call: fixed by its content, so it is worked out once for each check. */
export interface Reads {
  /** Names of the kinds of condition in it, its parts included. */
  readonly kinds: ReadonlySet<string>;
  /** Questions it turns on, the one that holds the age included. */
  readonly questions: readonly string[];
  /** Questions it asks to have any state at all. */
  readonly answered: readonly string[];
  readonly records: ReadonlySet<RecordedThing>;
  /** Fields whose change since a service was looked at it turns on. */
  readonly restsOn: readonly { readonly of: string; readonly fields: readonly string[] }[];
}

const known = new WeakMap<Condition, Reads>();

/** What this check reads. Content is never changed in place, so the answer holds for as long as the content does. */
export function readsOf(check: GateCheck, content: Content): Reads {
  const before = known.get(check.passIf);
  if (before !== undefined) return before;
  const parts = [...walk(check.passIf)];
  const reads: Reads = {
    kinds: new Set(parts.flatMap((part) => Object.keys(part))),
    questions: [
      ...new Set(
        parts.flatMap((part) => ('ageUnder' in part ? [content.landmarks.age.question] : turnsOn(part))),
      ),
    ],
    answered: [...new Set(parts.flatMap((part) => ('answered' in part ? [part.answered] : [])))],
    restsOn: parts.flatMap((part) => ('sameSinceCheck' in part ? part.sameSinceCheck : [])),
    records: new Set(parts.flatMap((part) => ('recorded' in part ? [part.recorded] : []))),
  };
  known.set(check.passIf, reads);
  return reads;
}

/** Any new word on these counts; of what a service check rests on, only a change does. */
const turnsOn = (part: Condition): readonly string[] =>
  'sameSinceCheck' in part ? [] : questionsNamed(part);
