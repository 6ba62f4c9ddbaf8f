import { type Answer } from '../../../shared/call/facts.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { fieldTexts } from './fields.ts';

/** An answer's fields as one line: texts stand alone, choices carry their label. */
export function fieldsLine(question: Question | undefined, answer: Answer): string {
  return fieldTexts(question, answer.data.fields)
    .map((item) => (item.choice ? `${item.label}: ${item.value.toLowerCase()}` : item.value))
    .join(' · ');
}

export const quoted = (words: string): string => `“${words}”`;
