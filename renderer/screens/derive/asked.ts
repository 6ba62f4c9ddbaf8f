import { type Picture } from '../../../shared/call/picture.ts';
import { type Content, type Question } from '../../../shared/content/schema.ts';
import { evaluate } from '../../../shared/gates/evaluate.ts';

/** Unknown keeps a question in, unless it is asked only when something is known to hold. */
export function isAsked(question: Question, picture: Picture, content: Content): boolean {
  const { askedIf, askedUnless } = question;
  if (askedIf !== undefined && evaluate(askedIf, picture, { content }) !== true) return false;
  return askedUnless === undefined || evaluate(askedUnless, picture, { content }) !== true;
}
