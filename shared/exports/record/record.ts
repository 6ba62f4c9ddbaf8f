import { paperCall, timedOnPaper, whenOf } from '../../call/paper.ts';
import { lastOf, type Picture, sameRef } from '../../call/picture.ts';
import { type Content } from '../../content/schema.ts';
import { type CallEvent, GENESIS } from '../../events/event.ts';
import { type AnswerState } from '../../events/vocabulary.ts';
import { type Sha256Hex } from '../../ids.ts';
import { eventTime, shortDay } from '../event-time.ts';
import { clockTime, dayAndTime } from '../london.ts';
import { isolated } from '../../typed.ts';
import { nameAndAge, personOf } from '../person.ts';
import { describeEvent } from './describe.ts';

/** One line of the record. A struck line stays readable, with who struck it and why. */
export interface RecordLine {
  readonly number: number;
  readonly time: string;
  readonly by: string;
  readonly what: string;
  readonly says: string;
  /** For an answer, how its mark looks. */
  readonly answer?: AnswerState;
  readonly struck?: string;
}

export interface CallRecord {
  /** Names the call at the head of every page. */
  readonly title: string;
  readonly call: string;
  readonly began: string;
  readonly content: string;
  readonly lines: readonly RecordLine[];
  /** The last event's place in its stream; its hash once it is sealed. */
  readonly last?: { readonly stream: string; readonly seq: number; readonly hash?: Sha256Hex };
}

/** THE WHOLE CALL, event by event: the service's own record. It is not for sharing; `sbar` is. */
export function callRecord(events: readonly CallEvent[], picture: Picture, content: Content): CallRecord {
  // A time from paper stands in the line it belongs to.
  const listed = events.filter((event) => event.type !== 'entry.timed');
  const first = events[0];
  const last = events.at(-1);
  const strikes = events.filter((event) => event.type === 'entry.struck');
  const began = lastOf(picture, 'call.answered') ?? first;
  return {
    title: nameAndAge(personOf(picture, content)),
    call: first?.call ?? '',
    began: began === undefined ? 'not begun' : beganText(began, picture),
    content: content.manifest.version,
    lines: listed.map((event, index) => {
      const strike = strikes.find((item) => sameRef(item.data.target, event));
      return {
        number: index + 1,
        time: timeOf(event, picture),
        by: byWhom(event, picture),
        ...lineOf(event, listed, content),
        ...(event.type === 'answer.recorded' ? { answer: event.data.state } : {}),
        ...(strike === undefined
          ? {}
          : {
              struck: `struck through ${clockTime(strike.at)} by ${strike.author.role} ${strike.author.id}: ${isolated(strike.data.reason)}`,
            }),
      };
    }),
    ...(last === undefined
      ? {}
      : {
          last: { stream: last.stream, seq: last.seq, ...(last.hash === GENESIS ? {} : { hash: last.hash }) },
        }),
  };
}

function beganText(event: CallEvent, picture: Picture): string {
  const when = dayAndTime(whenOf(picture, event));
  return timedOnPaper(picture, event) === undefined ? when : `${when} on paper`;
}

/** Both times of what was on paper: the form's, and when it was entered. In a call from paper the second is always said. */
function timeOf(event: CallEvent, picture: Picture): string {
  if (paperCall(picture) === undefined) return clockTime(event.at);
  const entered = `entered ${shortDay(event.at)} ${clockTime(event.at)}`;
  const isTimed = timedOnPaper(picture, event) !== undefined;
  return isTimed ? `${eventTime(picture, event)}, ${entered}` : entered;
}

/** Who made the event, and before them who wrote it on the form. */
function byWhom(event: CallEvent, picture: Picture): string {
  const author = `${event.author.role} ${event.author.id}`;
  const writer = timedOnPaper(picture, event)?.data.writtenBy;
  return writer === undefined ? author : `${writer.name}, ${writer.role}; entered by ${author}`;
}

/** A strike names the line of this record that it struck, not a number of the stream. */
function lineOf(
  event: CallEvent,
  events: readonly CallEvent[],
  content: Content,
): { readonly what: string; readonly says: string } {
  if (event.type !== 'entry.struck') return describeEvent(event, content);
  const at = events.findIndex((item) => sameRef(item, event.data.target));
  return { what: at < 0 ? 'Entry struck through' : `Line ${at + 1} struck through`, says: event.data.reason };
}
