import { type Answer } from '../call/facts.ts';
import { type Question } from '../content/schema.ts';
import { isolated } from '../typed.ts';

/** Values as words for lists: labels for choices, text as typed, in content's order. Empty ones are left out. */
export function fieldTexts(
  question: Question | undefined,
  fields: Readonly<Record<string, string>> | undefined,
): readonly { readonly label: string; readonly value: string; readonly choice: boolean }[] {
  return (question?.fields ?? []).flatMap((field) => {
    const value = fields?.[field.id]?.trim() ?? '';
    if (value === '') return [];
    const label = field.options?.find((option) => option.code === value)?.label;
    return [{ label: field.label, value: label ?? value, choice: field.kind === 'choice' }];
  });
}

/** An answer's fields as one line: texts stand alone, choices carry their label. */
export function fieldsLine(question: Question | undefined, answer: Answer): string {
  return fieldTexts(question, answer.data.fields)
    .map((item) => (item.choice ? `${item.label}: ${item.value.toLowerCase()}` : isolated(item.value)))
    .join(' · ');
}

/** How an answer is called that a newer one does not undo. */
export const saidBeforeTitle = (question: Question): string => `${question.short}, said before`;
