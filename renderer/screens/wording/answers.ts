import { type AnswerState } from '../../../shared/events/vocabulary.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { answerTitles } from '../../../shared/exports/words.ts';

/** The words and single keys of an answer. The three kinds of not knowing look and read unlike a no everywhere. */
export interface AnswerChoice {
  readonly state: AnswerState;
  readonly key: string;
  readonly title: string;
}

const choice = (state: AnswerState, key: string): AnswerChoice => ({
  state,
  key,
  title: answerTitles[state],
});
const UNKNOWN = [choice('notKnown', 'U'), choice('declined', 'D'), choice('couldNotAsk', 'C')];
const YES_NO: readonly AnswerChoice[] = [choice('yes', 'Y'), choice('no', 'N'), ...UNKNOWN];
const VALUE: readonly AnswerChoice[] = [choice('given', 'G'), ...UNKNOWN];

/** The answers a question takes, in the order shown. */
export const choicesFor = (question: Question): readonly AnswerChoice[] =>
  question.kind === 'yesNo' ? YES_NO : VALUE;

export { answerTitle, type SaidBy, saidByTitles, urgencyTitles } from '../../../shared/exports/words.ts';
