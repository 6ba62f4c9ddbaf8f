import { answerTo, chosenRoute, consentNow, isUnknown, planLines } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content, type Question } from '../../../shared/content/schema.ts';
import { answerTitle, urgencyTitles } from '../wording/answers.ts';
import { clockTime } from '../wording/times.ts';
import { fieldsLine, quoted } from './facts-text.ts';
import { questionsIn } from './guide.ts';
import { aboutAndChannel, nameAndAge, type Person, safeToRingText, saidWhen } from './person.ts';

/** One line of the card. `unknown` is printed in dashed amber and read as unknown, never as no. */
export interface CardLine {
  readonly label: string;
  readonly text: string;
  readonly words?: string;
  /** Who said it and when. */
  readonly source?: string;
  readonly unknown: boolean;
}
export interface CardSection {
  readonly title: string;
  readonly lines: readonly CardLine[];
}

const CONSENT = {
  agreed: 'Agreed to share',
  refused: 'Refused',
  notAsked: 'Not asked',
  couldNotAsk: 'Could not ask',
} as const;
export const consentTitles: Readonly<Record<keyof typeof CONSENT, string>> = CONSENT;

/** Situation, background, assessment, recommendation: built from facts alone, with what is unknown as unknown. */
export function handoverCard(picture: Picture, content: Content, person: Person): readonly CardSection[] {
  const chosen = chosenRoute(picture);
  const route = chosen === undefined ? undefined : content.route(chosen.data.route);
  const own = new Set([
    content.landmarks.whereNow.question,
    content.landmarks.number.question,
    content.landmarks.name.question,
    content.landmarks.aboutWhom.question,
  ]);
  const lines = (stage: 'opening' | 'safetyCheck' | 'needs'): CardLine[] =>
    questionsIn(stage, picture, content)
      .filter((question) => !own.has(question.id))
      .map((question) => factLine(question, picture, person.about));
  const sourceOf = (id: string): { readonly source?: string } => {
    const answer = answerTo(picture, id);
    return answer === undefined ? {} : { source: saidWhen(answer, person.about) };
  };
  const where = content.question(content.landmarks.whereNow.question);
  const consent = consentNow(picture);
  return [
    {
      title: 'Situation',
      lines: [
        {
          ...known(
            'Who',
            `${nameAndAge(person)} · ${aboutAndChannel(person, picture)}`,
            person.name !== undefined,
          ),
          ...sourceOf(content.landmarks.name.question),
        },
        ...(where === undefined ? [] : [factLine(where, picture, person.about)]),
        {
          ...known('Ring', person.number ?? 'No number', person.number !== undefined, safeToRingText(person)),
          ...sourceOf(content.landmarks.number.question),
        },
        ...lines('opening'),
      ],
    },
    { title: 'Background', lines: lines('needs') },
    { title: 'Assessment: the safety check, in their words', lines: lines('safetyCheck') },
    {
      title: 'Recommendation',
      lines: [
        route === undefined || chosen === undefined
          ? known('Route', 'Not chosen', false)
          : known(
              'Route',
              `${route.title} · ${urgencyTitles[chosen.data.urgency]} · ${route.timescale}`,
              true,
            ),
        ...(chosen?.data.choice === undefined
          ? []
          : [{ ...known('Wants', '', true), words: chosen.data.choice }]),
        ...content.planHeadings.flatMap((heading) =>
          planLines(picture, heading.id).map((line) => ({
            ...known(heading.title, line.data.text, true),
            source: clockTime(line.at),
          })),
        ),
        consent === undefined
          ? known('Consent', 'Not asked', false)
          : {
              ...known('Consent', CONSENT[consent.data.state], consent.data.state === 'agreed'),
              source: clockTime(consent.at),
              ...(consent.data.words === undefined ? {} : { words: consent.data.words }),
            },
      ],
    },
  ];
}

function known(label: string, text: string, isKnown: boolean, more?: string): CardLine {
  return { label, text: more === undefined ? text : `${text} · ${more}`, unknown: !isKnown };
}

function factLine(question: Question, picture: Picture, about: Person['about']): CardLine {
  const answer = answerTo(picture, question.id);
  if (answer === undefined) return { label: question.short, text: 'Not asked', unknown: true };
  const { state, words } = answer.data;
  const parts = [
    ...(state === 'given' ? [] : [answerTitle(state)]),
    ...(fieldsLine(question, answer) === '' ? [] : [fieldsLine(question, answer)]),
  ];
  return {
    label: question.short,
    text: parts.join(' · '),
    unknown: isUnknown(state),
    source: saidWhen(answer, about),
    ...(words === undefined ? {} : { words }),
  };
}

export const spokenWords = (line: CardLine): string => (line.words === undefined ? '' : quoted(line.words));
