import { answerTo, isUnknown } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type AnswerState } from '../../../shared/events/vocabulary.ts';
import { isAsked } from './asked.ts';

/** One thing a receiver asks for, and which of the questions that hold it are not known. */
export interface Need {
  readonly say: string;
  /** Short names of questions not put yet, or put and not known. Never read as no. */
  readonly notKnown: readonly { readonly question: string; readonly short: string; readonly why: string }[];
  /** Nothing on record holds it: the handler has it ready. */
  readonly byHand: boolean;
}

/** What the receiver of a route needs, in content's order, against what is on record. Questions not asked in this call are left out. */
export function needsOf(route: string, picture: Picture, content: Content): readonly Need[] {
  return (content.route(route)?.needs ?? []).map((need): Need => {
    if (typeof need === 'string') return { say: need, notKnown: [], byHand: true };
    const notKnown = need.from.flatMap((id) => {
      const question = content.question(id);
      if (question === undefined || !isAsked(question, picture, content)) return [];
      const answer = answerTo(picture, id);
      if (answer !== undefined && !isUnknown(answer.data.state)) return [];
      return [
        {
          question: id,
          short: question.short,
          why: answer === undefined ? 'not asked' : WHY[answer.data.state],
        },
      ];
    });
    return { say: need.say, notKnown, byHand: need.from.length === 0 };
  });
}

const WHY: Readonly<Record<AnswerState, string>> = {
  yes: '',
  no: '',
  given: '',
  notKnown: 'not known',
  declined: 'declined',
  couldNotAsk: 'could not ask',
};
