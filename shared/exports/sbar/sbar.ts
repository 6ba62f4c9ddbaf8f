import { answerTo, chosenRoute } from '../../call/facts.ts';
import { paperCall } from '../../call/paper.ts';
import { stillSaid } from '../../call/stays-said.ts';
import { type Picture } from '../../call/picture.ts';
import { type Content, type Question } from '../../content/schema.ts';
import { type Stage } from '../../events/vocabulary.ts';
import { questionsIn } from '../../gates/asked.ts';
import { dayAndTime } from '../london.ts';
import { aboutAndChannel, nameAndAge, personOf, safeToRingText } from '../person.ts';
import { beforeLines, emergencyLines, factLine, landmarkLine, plain, safeguardingLines } from './lines.ts';
import { type Sbar, type SbarLine, type SbarSection } from './model.ts';
import { agreedLines, requestLines } from './response.ts';
import { sharingOf } from './sharing.ts';

/**
 * THE HAND-OVER: situation, background, assessment and response, from facts alone, for whoever takes the person on
 * by the route chosen now. The card on screen, paper, the GP letter and files are all made from this one.
 *
 * Holds: safeguarding stands first. Every unknown is listed and none reads as no. A safety answer of yes or of not
 * knowing is never left out, whoever the receiver is. Nothing said goes in while consent does not allow it (G9).
 * `route` makes the hand-over of another route than the one chosen (a letter to the GP beside a visit).
 */
export function sbar(picture: Picture, content: Content, route?: string): Sbar {
  const receiver = content.receiver(route ?? chosenRoute(picture)?.data.route ?? '');
  const sharing = sharingOf(picture);
  const to = receiver?.to ?? 'Nobody yet: no route with a receiver is chosen';
  const request: SbarSection = {
    id: 'response',
    title: 'Response: what we ask of you, and by when',
    lines: requestLines(picture, content),
  };
  if (sharing.state === 'notShared') return { to, sharing, sections: [request], leftOut: [] };

  const person = personOf(picture, content);
  const wanted = receiver === undefined ? undefined : new Set(receiver.facts);
  const { landmarks } = content;
  // "Who" says it already when the call is about the caller.
  const about = person.about === 'self' ? [landmarks.aboutWhom.question] : [];
  const shownFirst = new Set([landmarks.number.question, landmarks.name.question, ...about]);
  const isFor = (question: Question): boolean => {
    if (shownFirst.has(question.id)) return false;
    if (wanted === undefined || wanted.has(question.id)) return true;
    if (question.stage !== 'safetyCheck') return false;
    return (
      answerTo(picture, question.id)?.data.state !== 'no' ||
      stillSaid(picture, question.id, content).length > 0
    );
  };
  const asked = (stage: Stage): readonly Question[] => questionsIn(stage, picture, content);
  const before = (id: string): readonly SbarLine[] => {
    const question = content.question(id);
    return question === undefined ? [] : beforeLines(question, picture, content, person.about);
  };
  const lines = (stage: Stage): readonly SbarLine[] =>
    asked(stage)
      .filter(isFor)
      .flatMap((question) => [factLine(question, picture, person.about), ...before(question.id)]);
  const own = (label: string, question: string, text: string, isKnown: boolean): SbarLine =>
    landmarkLine({ label, question }, text, isKnown, picture, person.about);

  const who = `${nameAndAge(person)} · ${aboutAndChannel(person, picture)}`;
  const ring = `${person.number ?? 'No number'} · ${safeToRingText(person)}`;
  const situation: SbarSection = {
    id: 'situation',
    title: 'Situation',
    lines: [
      own('Who', landmarks.name.question, who, person.name !== undefined),
      ...before(landmarks.age.question),
      ...paperLines(picture),
      ...emergencyLines(picture),
      ...lines('opening'),
      own('Ring', landmarks.number.question, ring, person.number !== undefined),
    ],
  };
  const background: SbarSection = { id: 'background', title: 'Background', lines: lines('needs') };
  const assessment: SbarSection = {
    id: 'assessment',
    title: 'Assessment: the safety check, in their words',
    lines: lines('safetyCheck'),
  };
  const safeguarding = safeguardingLines(picture, content);
  const unknown = [situation, background, assessment].flatMap((section) =>
    section.lines.filter((line) => line.unknown),
  );
  return {
    to,
    sharing,
    sections: [
      ...(safeguarding.length === 0
        ? []
        : [{ id: 'safeguarding', title: 'Safeguarding', lines: safeguarding } as const]),
      situation,
      background,
      assessment,
      { ...request, lines: [...request.lines, ...agreedLines(picture, content)] },
      { id: 'unknown', title: 'Still unknown: not a no', lines: unknown.map(asUnknown) } as const,
    ].filter((section) => section.lines.length > 0),
    leftOut: (['opening', 'safetyCheck', 'needs'] as const)
      .flatMap(asked)
      .filter((question) => !shownFirst.has(question.id) && !isFor(question))
      .filter((question) => answerTo(picture, question.id) !== undefined)
      .map((question) => question.short),
  };
}

/** That it was entered from a form, by whom that was written, and what its times are. */
function paperLines(picture: Picture): readonly SbarLine[] {
  const form = paperCall(picture);
  if (form === undefined) return [];
  const { takenBy } = form.data;
  return [
    plain('Taken on paper', `by ${takenBy.name}, ${takenBy.role}; times marked “on paper” are the form’s`, {
      source: `entered ${dayAndTime(form.at)}`,
    }),
  ];
}

/** In the list of unknowns the kind of not knowing is what matters; the words stand above. */
function asUnknown({ label, mark, look, unknown }: SbarLine): SbarLine {
  return { label, ...(mark === undefined ? {} : { mark }), look, unknown, text: '' };
}
