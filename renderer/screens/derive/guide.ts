import {
  answerTo,
  chosenRoute,
  closingOf,
  consentNow,
  handovers,
  handoverState,
  isUnknown,
  type Answer,
} from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content, type Question } from '../../../shared/content/schema.ts';
import { type Stage, stages } from '../../../shared/events/vocabulary.ts';
import { stopsAt } from '../../../shared/gates/doors.ts';
import { isAsked, questionsIn } from '../../../shared/gates/asked.ts';
import { endsWithoutRoute, needsHandOver, plansNeeded } from './endings.ts';

export { questionsIn };

/** Answers that hold now and are one of the three kinds of not knowing, in content's order. */
export function stillUnknown(
  picture: Picture,
  content: Content,
): readonly { readonly question: Question; readonly answer: Answer }[] {
  return content.questions.flatMap((question) => {
    const answer = answerTo(picture, question.id);
    if (answer === undefined || !isUnknown(answer.data.state) || !isAsked(question, picture, content))
      return [];
    return [{ question, answer }];
  });
}

/**
 * Where to go from a question: the next one of the stage that has no answer. After the last, `keep` comes back to
 * those that were passed over; `leave` goes on. Nothing: the stage is done with.
 */
export function nextQuestion(
  from: string,
  how: 'keep' | 'leave',
  questions: readonly Question[],
  picture: Picture,
): Question | undefined {
  const at = questions.findIndex((question) => question.id === from);
  const open = (question: Question): boolean =>
    question.id !== from && answerTo(picture, question.id) === undefined;
  return questions.slice(at + 1).find(open) ?? (how === 'keep' ? questions.find(open) : undefined);
}

/** The question in hand: the one remembered, if it belongs to this stage; else the first without an answer. */
export function questionInHand(
  remembered: string,
  questions: readonly Question[],
  picture: Picture,
): Question | undefined {
  return (
    questions.find((question) => question.id === remembered) ??
    questions.find((question) => answerTo(picture, question.id) === undefined) ??
    questions[0]
  );
}

export const stageAfter = (stage: Stage): Stage | undefined => stages[stages.indexOf(stage) + 1];

export interface StageMark {
  readonly stage: Stage;
  readonly done: boolean;
  /** Beside the title: a count, or what is missing, in a few words. */
  readonly note: string;
}

/** The guide's list. Counts say what was asked, never how a person is. */
export function stageMarks(picture: Picture, content: Content): readonly StageMark[] {
  const chosen = chosenRoute(picture);
  return stages.map((stage) => {
    const questions = questionsIn(stage, picture, content);
    if (questions.length > 0) {
      const answered = questions.filter((question) => answerTo(picture, question.id) !== undefined).length;
      return { stage, done: answered === questions.length, note: `${answered}/${questions.length}` };
    }
    if (stage === 'options') return { stage, done: chosen !== undefined, note: chosen ? 'chosen' : '' };
    if (stage === 'agree') return agreeMark(picture, content);
    if (stage === 'handOver') return handOverMark(picture, content);
    if (closingOf(picture) !== undefined) return { stage, done: true, note: '' };
    const left = stopsAt({ door: 'close' }, picture, content).length;
    return { stage, done: false, note: chosen || endsWithoutRoute(picture) ? `${left} left` : '' };
  });
}

function agreeMark(picture: Picture, content: Content): StageMark {
  if (chosenRoute(picture) === undefined) return { stage: 'agree', done: false, note: '' };
  const missing = [
    ...(consentNow(picture) === undefined ? ['consent'] : []),
    ...(plansNeeded(picture, content).length > 0 ? ['plan'] : []),
  ];
  return { stage: 'agree', done: missing.length === 0, note: missing.join(', ') };
}

function handOverMark(picture: Picture, content: Content): StageMark {
  const mark = (done: boolean, note: string): StageMark => ({ stage: 'handOver', done, note });
  if (chosenRoute(picture) === undefined) return mark(false, '');
  const states = handovers(picture).map((sent) => handoverState(picture, sent));
  if (states.includes('acknowledged')) return mark(true, 'taken');
  if (states.at(-1) === 'declined') return mark(false, 'declined');
  if (states.length > 0) return mark(false, 'waiting');
  return needsHandOver(picture, content) ? mark(false, 'to send') : mark(true, 'not needed');
}
