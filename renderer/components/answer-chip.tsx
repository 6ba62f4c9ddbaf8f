import { type AnswerState } from '../../shared/events/vocabulary.ts';
import { answerTitle } from '../screens/wording/answers.ts';

/** Yes is solid, No a plain outline, not-knowing dashed amber: everywhere the same. */
export function AnswerChip({ state }: { readonly state: AnswerState }) {
  return <span className={`chip chip-${state}`}>{answerTitle(state)}</span>;
}
