import { type Picture } from '../call/picture.ts';
import { type Content, type Question } from '../content/schema.ts';
import { type Stage } from '../events/vocabulary.ts';
import { evaluate } from './evaluate.ts';

/** Unknown keeps a question in, unless it is asked only when something is known to hold. */
export function isAsked(question: Question, picture: Picture, content: Content): boolean {
  const { askedIf, askedUnless } = question;
  if (askedIf !== undefined && evaluate(askedIf, picture, { content }) !== true) return false;
  return askedUnless === undefined || evaluate(askedUnless, picture, { content }) !== true;
}

/** The questions of a stage that are asked in this call, in content's order. */
export function questionsIn(stage: Stage, picture: Picture, content: Content): readonly Question[] {
  return content.questions.filter(
    (question) =>
      question.stage === stage &&
      (question.kind === 'yesNo' || question.kind === 'value') &&
      isAsked(question, picture, content),
  );
}
