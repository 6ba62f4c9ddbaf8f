import { eventsOf, type EventOf, type Picture, strikeOf } from '../../../shared/call/picture.ts';
import { type CallEvent } from '../../../shared/events/event.ts';
import { type Author, type EventRef } from '../../../shared/events/vocabulary.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { isolated } from '../../../shared/typed.ts';
import { answerTitle } from '../wording/answers.ts';
import { clockTime } from '../wording/times.ts';
import { fieldsLine, quoted } from './facts-text.ts';

/** Something that can be struck through: an answer, a note or a line of the plan. */
export interface Entry {
  readonly ref: EventRef;
  /** What it is, for headings and names: "Note of 14:02". */
  readonly what: string;
  /** What it says, to be read before it is struck. */
  readonly says: string;
}

type Strikable = EventOf<'answer.recorded'> | EventOf<'note.added'> | EventOf<'plan.recorded'>;

export function entryOf(event: Strikable, content: Content): Entry {
  const ref = { stream: event.stream, seq: event.seq };
  const at = clockTime(event.at);
  if (event.type === 'note.added') return { ref, what: `Note of ${at}`, says: event.data.text };
  if (event.type === 'plan.recorded') {
    const heading = content.planHeadings.find((item) => item.id === event.data.heading);
    return { ref, what: `Plan of ${at}: ${heading?.title ?? event.data.heading}`, says: event.data.text };
  }
  const question = content.question(event.data.question);
  const says = [
    ...(event.data.state === 'given' ? [] : [answerTitle(event.data.state)]),
    ...[fieldsLine(question, event)].filter((line) => line !== ''),
    ...(event.data.words === undefined ? [] : [quoted(event.data.words)]),
  ].join(' · ');
  return { ref, what: `Answer of ${at}: ${question?.short ?? event.data.question}`, says };
}

/** Everything that still holds and could be struck, newest first. */
export function strikable(picture: Picture, content: Content): readonly Entry[] {
  const all: Strikable[] = [
    ...eventsOf(picture, 'answer.recorded'),
    ...eventsOf(picture, 'note.added'),
    ...eventsOf(picture, 'plan.recorded'),
  ];
  return all
    .filter((event) => strikeOf(picture, event) === undefined)
    .toSorted((a, b) => b.at - a.at || b.seq - a.seq)
    .map((event) => entryOf(event, content));
}

/** "struck through 14:05 by Sam Hill: said by her sister, not by her". Nothing while the entry holds. */
export function struckText(
  picture: Picture,
  event: CallEvent,
  me: Author & { readonly name: string },
): string | undefined {
  const strike = strikeOf(picture, event);
  if (strike === undefined) return undefined;
  const who = strike.author.id === me.id ? me.name : `${strike.author.role} ${strike.author.id}`;
  return `struck through ${clockTime(strike.at)} by ${who}: ${isolated(strike.data.reason)}`;
}
