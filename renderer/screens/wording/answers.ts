import { type AnswerState, type Channel, type UrgencyCode } from '../../../shared/events/vocabulary.ts';
import { type Question } from '../../../shared/content/schema.ts';

/** The words and single keys of an answer. The three kinds of not knowing look and read unlike a no everywhere. */
export interface AnswerChoice {
  readonly state: AnswerState;
  readonly key: string;
  readonly title: string;
}

const UNKNOWN: readonly AnswerChoice[] = [
  { state: 'notKnown', key: 'U', title: 'Not known' },
  { state: 'declined', key: 'D', title: 'Declined' },
  { state: 'couldNotAsk', key: 'C', title: 'Could not ask' },
];
const YES_NO: readonly AnswerChoice[] = [
  { state: 'yes', key: 'Y', title: 'Yes' },
  { state: 'no', key: 'N', title: 'No' },
  ...UNKNOWN,
];
const VALUE: readonly AnswerChoice[] = [{ state: 'given', key: 'G', title: 'Given' }, ...UNKNOWN];

/** The answers a question takes, in the order shown. */
export const choicesFor = (question: Question): readonly AnswerChoice[] =>
  question.kind === 'yesNo' ? YES_NO : VALUE;

const titles = new Map([...YES_NO, ...VALUE].map((choice) => [choice.state, choice.title]));
export const answerTitle = (state: AnswerState): string => titles.get(state) ?? state;

export const channelTitles: Readonly<Record<Channel, string>> = {
  phone: 'phone',
  relay: 'relay',
  interpreted: 'interpreted',
  text: 'text',
};

/** MHSDS response priority: how soon somebody responds, never a property of the person. */
export const urgencyTitles: Readonly<Record<UrgencyCode, string>> = {
  '1': 'Emergency',
  '4': 'Very urgent',
  '2': 'Urgent',
  '3': 'Routine',
};

export type SaidBy = 'person' | 'caller' | 'professional' | 'handler';
export const saidByTitles: Readonly<Record<SaidBy, string>> = {
  person: 'said by them',
  caller: 'reported by the caller',
  professional: 'reported by a professional',
  handler: 'what I heard or saw',
};
