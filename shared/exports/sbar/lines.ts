import { type Answer, answerTo, contactNow, emergencyNow, isUnknown } from '../../call/facts.ts';
import { eventsOf, lastOf, type Picture } from '../../call/picture.ts';
import { stillSaid } from '../../call/stays-said.ts';
import { type Content, type Question } from '../../content/schema.ts';
import { evaluate } from '../../gates/evaluate.ts';
import { fieldsLine, saidBeforeTitle } from '../facts-text.ts';
import { eventTime } from '../event-time.ts';
import { type Person, saidWhen } from '../person.ts';
import { answerTitle, NOT_ASKED } from '../words.ts';
import { type SbarLine } from './model.ts';

export function plain(label: string, text: string, more: Partial<SbarLine> = {}): SbarLine {
  return { label, text, look: 'plain', unknown: false, ...more };
}
/** Something that nobody has settled yet. */
export const openLine = (label: string, mark: string, more: Partial<SbarLine> = {}): SbarLine => ({
  ...plain(label, '', more),
  mark,
  look: 'open',
  unknown: true,
});

const notAsked = (label: string): SbarLine => ({ ...openLine(label, NOT_ASKED), look: 'notAsked' });

/** A question as it stands: its answer, whose words, who said it and when. No answer is "Not asked". */
export function factLine(question: Question, picture: Picture, about: Person['about']): SbarLine {
  const answer = answerTo(picture, question.id);
  return answer === undefined ? notAsked(question.short) : answerLine(question, answer, picture, about);
}

/** What was said before the answer that holds now and stays said (H67): each with whose words and when. */
export const beforeLines = (
  question: Question,
  picture: Picture,
  content: Content,
  about: Person['about'],
): readonly SbarLine[] =>
  stillSaid(picture, question.id, content).map((answer) => ({
    ...answerLine(question, answer, picture, about),
    label: saidBeforeTitle(question),
  }));

function answerLine(question: Question, answer: Answer, picture: Picture, about: Person['about']): SbarLine {
  const { state, words } = answer.data;
  const text = fieldsLine(question, answer);
  return {
    label: question.short,
    // A value speaks for itself; "Given" stands only where nothing was written.
    ...(state === 'given' && (text !== '' || words !== undefined) ? {} : { mark: answerTitle(state) }),
    text,
    look: state,
    unknown: isUnknown(state),
    source: saidWhen(answer, about, picture),
    ...(words === undefined ? {} : { words }),
  };
}

/** A fact the program finds by itself (name, number): known as `text`, or marked by why it is not known. */
export function landmarkLine(
  place: { readonly label: string; readonly question: string },
  text: string,
  isKnown: boolean,
  picture: Picture,
  about: Person['about'],
): SbarLine {
  const answer = answerTo(picture, place.question);
  if (answer === undefined) return isKnown ? plain(place.label, text) : { ...notAsked(place.label), text };
  const source = saidWhen(answer, about, picture);
  if (isKnown) return plain(place.label, text, { source });
  const { state } = answer.data;
  const mark = isUnknown(state) ? answerTitle(state) : answerTitle('notKnown');
  return { ...openLine(place.label, mark, { text, source }), look: isUnknown(state) ? state : 'notKnown' };
}

/** A safeguarding concern travels with every hand-over, first and in full; due and not done is said too. */
export function safeguardingLines(picture: Picture, content: Content): readonly SbarLine[] {
  const recorded = eventsOf(picture, 'safeguarding.recorded').map((event) => {
    const { about, concern, action, by } = event.data;
    const source = `${by.name}, ${by.role} ${eventTime(picture, event)}`;
    const title =
      concern === 'notKnown'
        ? 'Not known if there is a concern'
        : concern === 'yes'
          ? 'Concern'
          : 'No concern';
    return {
      ...plain(about, action, { source }),
      mark: title,
      look: concern,
      unknown: concern === 'notKnown',
    };
  });
  if (recorded.length > 0) return recorded;
  const due = evaluate(content.landmarks.safeguardingDue, picture, { content });
  return due === true ? [openLine('Safeguarding step', 'Due, and not yet recorded')] : [];
}

/** Where an emergency stands, when one was raised. */
export function emergencyLines(picture: Picture): readonly SbarLine[] {
  const now = emergencyNow(picture);
  if (now === undefined) return [];
  const raised = lastOf(picture, 'emergency.raised');
  const since = raised === undefined ? '' : `raised ${eventTime(picture, raised)}`;
  if (now.type === 'emergency.raised')
    return [openLine('Emergency', 'Nobody has confirmed it yet', { text: since })];
  const source = eventTime(picture, now);
  if (now.type === 'emergency.handedOver') {
    const { reference, takenBy } = now.data;
    const taken = takenBy === undefined ? '' : `, taken by ${takenBy}`;
    const contact = contactNow(picture);
    const there =
      contact === undefined
        ? openLine('Somebody with them', 'Nobody has said so yet')
        : plain(
            'Somebody with them',
            [`said by ${contact.data.by}`, contact.data.words ?? ''].filter(Boolean).join(': '),
            {
              source: eventTime(picture, contact),
            },
          );
    return [plain('Emergency', `${since}, reference ${reference}${taken}`, { source }), there];
  }
  const { by, reason } = now.data;
  return [plain('Emergency', `${since}, stood down by ${by.name}, ${by.role}: ${reason}`, { source })];
}
