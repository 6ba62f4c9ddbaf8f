import { type Person } from '../../../shared/exports/person.ts';
import { type SaidBy } from '../wording/answers.ts';

export {
  aboutAndChannel,
  aboutText,
  nameAndAge,
  nameOf,
  type Person,
  personOf,
  safeToRingText,
  saidWhen,
  sourceText,
} from '../../../shared/exports/person.ts';

/** Whose knowledge an answer is, unless the handler says otherwise. */
export function usualSource(person: Person): SaidBy {
  if (person.about === 'self') return 'person';
  return person.about === 'professional' ? 'professional' : 'caller';
}

/** The question as it is to be put now: about the caller, or about somebody they are worried about. */
export function wordingFor(question: { ask: string; askAbout?: string | undefined }, person: Person): string {
  const aboutAnother = person.about === 'someoneElse' || person.about === 'professional';
  return aboutAnother ? (question.askAbout ?? question.ask) : question.ask;
}
