import { mannerNow } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content, type Question } from '../../../shared/content/schema.ts';
import { type Manner } from '../../../shared/events/vocabulary.ts';
import { type Person } from './person.ts';

/** The strip's quiet line while a call is not an ordinary spoken one. */
export interface TalkNote {
  readonly title: string;
  readonly detail: string;
}

/** Nothing for a person who talks freely on the phone. */
export function talkNote(picture: Picture, person: Person, { talk }: Content): TalkNote | undefined {
  const now = mannerNow(picture);
  const manner = now.manner === 'open' ? undefined : talk.manners[now.manner];
  const channel = now.channel === 'phone' ? undefined : talk.channels[now.channel];
  if (manner === undefined && channel === undefined) return undefined;
  const title =
    channel === undefined
      ? manner?.note
      : manner === undefined
        ? channel.note
        : `${channel.note}, ${manner.note.toLowerCase()}`;
  const isSafe = person.safeToRing === 'yes';
  const details = [(isSafe ? manner?.detailIfSafe : undefined) ?? manner?.detail, channel?.detail];
  return { title: title ?? '', detail: details.filter((line) => line !== undefined).join(' · ') };
}

/** How to put a question to somebody who cannot talk freely. */
export function talkHint(question: Question, manner: Manner, { talk }: Content): string | undefined {
  if (manner === 'open') return undefined;
  return talk.manners[manner].hints[question.kind === 'yesNo' ? 'yesNo' : 'value'];
}

export interface RingBack {
  /** Whether anybody at this desk should ring now. */
  readonly ring: boolean;
  readonly title: string;
  readonly sentence: string;
}

/**
 * Whether to ring somebody who was cut off (H4, H21). Where somebody may be listening, only their own word that
 * ringing is safe makes it so; not knowing is not enough then.
 */
export function ringBack(person: Person, manner: Manner): RingBack {
  if (person.number === undefined)
    return { ring: false, title: 'No number to ring', sentence: `There is no number to ring. ${DECIDE}` };
  if (person.safeToRing === 'no')
    return { ring: false, title: DO_NOT, sentence: `They said that it is not safe to ring. ${DECIDE}` };
  const title = `Ring back ${person.number}`;
  if (manner !== 'yesNo') return { ring: true, title, sentence: `${title}.` };
  return person.safeToRing === 'yes'
    ? {
        ring: true,
        title,
        sentence: `Somebody may be listening. They said that it is safe to ring: ${person.number}.`,
      }
    : {
        ring: false,
        title: DO_NOT,
        sentence: `Somebody may be listening, and they have not said that it is safe to ring. ${DECIDE}`,
      };
}

const DO_NOT = 'Do not ring back';
const DECIDE = 'Somebody must decide, by name.';
