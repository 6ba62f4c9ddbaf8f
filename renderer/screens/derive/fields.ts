import { type Question, type QuestionField } from '../../../shared/content/schema.ts';
import { type AnswerState } from '../../../shared/events/vocabulary.ts';

/** The question's fields that belong to an answer; `undefined` is "no answer chosen yet". */
export function visibleFields(question: Question, state: AnswerState | undefined): readonly QuestionField[] {
  return (question.fields ?? []).filter((field) => {
    if (field.with === undefined) return true;
    return (state === 'yes' || state === 'given') && field.with.includes(state);
  });
}

/** What is wrong with a typed value, in words. Empty is never wrong: nothing is compulsory. */
export function fieldFault(field: QuestionField, value: string): string | undefined {
  const text = value.trim();
  if (text === '') return undefined;
  if (field.kind === 'age' && !(/^[0-9]{1,3}$/.test(text) && Number(text) <= 130))
    return 'An age is a whole number from 0 to 130. If it is not sure, choose roughly.';
  if (field.kind === 'phone' && !/^\+?(?:[0-9][ ()-]{0,2}){3,20}$/.test(text.replace(/^\(/, '')))
    return 'A telephone number is digits and spaces, with + in front if it is from abroad. Anything else can go in their own words.';
  return undefined;
}

export { fieldTexts } from '../../../shared/exports/facts-text.ts';
