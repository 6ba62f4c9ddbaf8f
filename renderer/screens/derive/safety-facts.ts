import { answerTo, type Answer } from '../../../shared/call/facts.ts';
import { eventsOf, type Picture } from '../../../shared/call/picture.ts';
import { stillSaid } from '../../../shared/call/stays-said.ts';
import { type Content, type Question } from '../../../shared/content/schema.ts';
import { questionsIn } from './guide.ts';

/** One line of the safety check as it stands; no answer means that it was not asked, which is not a no. */
export interface SafetyFact {
  readonly question: Question;
  readonly answer: Answer | undefined;
  /** Said before the answer that holds now, and not undone by it. */
  readonly before?: true;
}

/** The whole safety check of this call, in content's order, for reading again before a named decision (H5). */
export const safetyFacts = (picture: Picture, content: Content): readonly SafetyFact[] =>
  questionsIn('safetyCheck', picture, content).flatMap((question): SafetyFact[] => [
    { question, answer: answerTo(picture, question.id) },
    ...stillSaid(picture, question.id, content).map(
      (answer) => ({ question, answer, before: true }) as const,
    ),
  ]);

/**
 * Changes whenever something is answered or struck. "I have read these again" is remembered with it, so that it
 * is taken back by itself when there is something new to read.
 */
export const factsStamp = (picture: Picture): string =>
  `${eventsOf(picture, 'answer.recorded').length}/${eventsOf(picture, 'entry.struck').length}`;
