import { expect, it } from 'vitest';
import { loudest } from '../../renderer/screens/derive/loud.ts';
import { personOf } from '../../renderer/screens/derive/person.ts';
import { owedIn } from '../../shared/call/work.ts';
import { type Happening } from '../../shared/events/event.ts';
import { answered, content, offered, run } from '../support/call-builder.ts';

const NOW = Date.UTC(2026, 10, 20, 20, 0);
const raised: Happening = { type: 'emergency.raised', data: {} };
const takenBy = (expectedBy: number): Happening => ({
  type: 'emergency.handedOver',
  data: { reference: 'A-1', expectedBy },
});
const contact: Happening = { type: 'emergency.contactConfirmed', data: { by: 'Paramedic Lou' } };
const stop: Happening = { type: 'call.resumed', data: { lastEventAt: NOW } };
const lost: Happening = { type: 'line.dropped', data: {} };

const pictureOf = (...happenings: readonly Happening[]) =>
  run([offered, answered, ...happenings]).snapshot.context.picture;
const loudOf = (...happenings: readonly Happening[]): string | undefined => {
  const picture = pictureOf(...happenings);
  return loudest(picture, personOf(picture, content), { reach: 'reachable', since: NOW }, NOW)?.title;
};

it('an emergency that has a reference is loud until somebody is with them, and says when they are late', () => {
  expect(loudOf(raised)).toBe('Emergency not yet confirmed');
  expect(loudOf(raised, takenBy(NOW + 60_000))).toBe('They have it, nobody is there yet');
  expect(loudOf(raised, takenBy(NOW - 60_000))).toBe('Late: nobody is there yet');
  expect(loudOf(raised, takenBy(NOW - 60_000), contact)).toBeUndefined();
});

it('what is owed then is due when they said they would be there, and is over with their word or a task', () => {
  expect(owedIn(pictureOf(raised, takenBy(NOW)))).toMatchObject([{ kind: 'contact', dueAt: NOW }]);
  expect(owedIn(pictureOf(raised, takenBy(NOW), contact))).toEqual([]);
  const task: Happening = {
    type: 'task.opened',
    data: { kind: 'confirmContact', what: 'Ring control', owner: 'Bea Lund', dueAt: NOW },
  };
  expect(owedIn(pictureOf(raised, takenBy(NOW), task)).map(({ kind }) => kind)).toEqual(['task']);
});

it('after a stop in a call the question is whether the caller is still there', () => {
  expect(loudOf(stop)).toBe('Is the caller still there?');
  expect(loudOf(raised, stop)).toBe('Emergency not yet confirmed');
  expect(loudOf(stop, lost)).toBe('Call dropped');
  expect(loudOf(stop, { type: 'line.confirmed', data: {} })).toBeUndefined();
});
