import { answerTo } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content, type Question } from '../../../shared/content/schema.ts';
import { walk } from '../../../shared/gates/condition.ts';
import { type Option, type Stop } from '../../../shared/gates/doors.ts';
import { isAsked } from './asked.ts';

export interface BeforeRoute {
  /** Questions that most routes wait for and nobody has put yet. */
  readonly unasked: readonly Question[];
  /** Everything else that keeps most routes shut, each once. */
  readonly stops: readonly Stop[];
}

/**
 * What stands before most routes now. A gate that only waits for questions still to be put is covered by those
 * questions; it is named by itself once they were put and it is still shut.
 */
export function beforeRoute(routes: readonly Option[], picture: Picture, content: Content): BeforeRoute {
  const seen = new Map<string, { stop: Stop; routes: number }>();
  for (const option of routes) {
    for (const stop of option.stops) {
      const key = `${stop.gate.id} ${stop.say}`;
      const before = seen.get(key);
      seen.set(key, { stop, routes: (before?.routes ?? 0) + 1 });
    }
  }
  const common = [...seen.values()]
    .filter((item) => item.routes * 2 > routes.length)
    .map((item) => item.stop);
  const ids = new Set(common.flatMap((stop) => stop.unasked));
  const unasked = content.questions.filter(
    (question) => ids.has(question.id) && isAsked(question, picture, content),
  );
  return {
    unasked,
    stops: common.filter((stop) => stop.unasked.length === 0 && !waitsForQuestions(stop, picture, content)),
  };
}

function waitsForQuestions(stop: Stop, picture: Picture, content: Content): boolean {
  if (stop.verdict !== 'unknown') return false;
  return stop.gate.checks
    .filter((check) => check.say === stop.say)
    .flatMap((check) => [...walk(check.passIf)])
    .some((part) => {
      const id = 'answer' in part ? part.answer : 'field' in part ? part.of : undefined;
      const question = id === undefined ? undefined : content.question(id);
      return (
        question !== undefined &&
        answerTo(picture, question.id) === undefined &&
        isAsked(question, picture, content)
      );
    });
}
