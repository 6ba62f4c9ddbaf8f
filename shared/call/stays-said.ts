import { type Content, type StaysSaid } from '../content/schema.ts';
import { type AnswerState } from '../events/vocabulary.ts';
import { type Answer, answered } from './answer-index.ts';
import { isUnknown, valueIn } from './facts.ts';
import { type Picture } from './picture.ts';

/**
 * What was once said in this call and asks for care stays said: a later no, by the person or by somebody else, does not
 * undo it (H67). It is undone by striking it through as never said, and passed by the named decision that its gate asks
 * for. Which answers stay is content (`landmarks.staysSaid`); a question that is not listed holds its newest answer alone.
 */

const ruleOf = (content: Content, question: string): StaysSaid | undefined =>
  content.staysSaid.find(({ of }) => of === question);

/** The state that gates go by. */
export function stateHeld(picture: Picture, question: string, content: Content): AnswerState | undefined {
  const { holding, standing } = answered(picture, question);
  const rule = ruleOf(content, question);
  if (rule === undefined || holding === undefined || holding.data.state === 'yes') return holding?.data.state;
  return standing.some((answer) => stays(answer, rule)) ? 'yes' : holding.data.state;
}

/** A field's value that gates go by: the newest, unless an earlier one stays. */
export function valueHeld(
  picture: Picture,
  question: string,
  field: string,
  content: Content,
): string | undefined {
  const { holding, standing } = answered(picture, question);
  const newest = holding && valueIn(holding, field);
  const staying = ruleOf(content, question)?.fields?.[field];
  if (staying === undefined || (newest !== undefined && staying.includes(newest))) return newest;
  return standing.map((answer) => said(answer, field)).findLast((value) => staying.includes(value)) ?? newest;
}

/** Every answer about the age that counts: all that stand where an age stays said, else the newest. */
export function agesHeld(picture: Picture, content: Content): readonly Answer[] {
  const { question } = content.landmarks.age;
  const { holding, standing } = answered(picture, question);
  if (ruleOf(content, question)?.age === true) return standing;
  return holding === undefined ? [] : [holding];
}

/** Earlier answers of which something stays that the newest does not say: shown wherever the newest is. */
export function stillSaid(picture: Picture, question: string, content: Content): readonly Answer[] {
  const rule = ruleOf(content, question);
  const { holding, standing } = answered(picture, question);
  if (rule === undefined || holding === undefined) return [];
  return standing.filter((answer) => {
    if (answer === holding) return false;
    if (rule.yes === true && answer.data.state === 'yes' && holding.data.state !== 'yes') return true;
    if (rule.age === true) return agesDiffer(answer, holding, content);
    return Object.entries(rule.fields ?? {}).some(([field, values]) => {
      return values.includes(said(answer, field)) && !values.includes(said(holding, field));
    });
  });
}

function stays(answer: Answer, { yes, fields = {} }: StaysSaid): boolean {
  if (yes === true && answer.data.state === 'yes') return true;
  return Object.entries(fields).some(([field, values]) => values.includes(said(answer, field)));
}

/** Details beside a no were left over from another answer: nobody said them. */
const said = (answer: Answer, field: string): string =>
  answer.data.state === 'no' ? '' : (valueIn(answer, field) ?? '');

function agesDiffer(answer: Answer, holding: Answer, { landmarks: { age } }: Content): boolean {
  const told = (from: Answer): string => `${valueIn(from, age.years) ?? ''}/${valueIn(from, age.band) ?? ''}`;
  return told(answer) !== told(holding) && told(answer) !== '/' && !isUnknown(answer.data.state);
}
