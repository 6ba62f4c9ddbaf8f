import { expect, it } from 'vitest';
import { type Envelope } from '../../shared/events/event.ts';
import { createWorld, type Window } from './support/world.ts';

const WORDS = 'Wren would not let go of the railing';

/** Everything that screens can be drawn from. */
const shown = ({ desk }: Window): string =>
  JSON.stringify([
    desk.calls().map(({ events, snapshot }) => [events, snapshot.context]),
    desk.draft('note'),
    desk.notices(),
    desk.others(),
    desk.refusal(),
  ]);

it('the next person sees none of the former one’s words; they are sent all the same, and are there when they come back', async () => {
  const world = await createWorld();
  const first = await world.start();
  const id = first.desk.takeCall({ source: 'handler' });
  await world.until(() => first.desk.light().kind === 'safe');
  await world.setHub('away');
  first.desk.record(id, { type: 'note.added', data: { text: WORDS } });
  first.desk.keepDraft('note', `${WORDS}, half`);
  await world.settle();
  expect(shown(first)).toContain(WORDS);
  const leaving = first.desk.signOut();
  await world.advance(1_000);
  await leaving;
  await world.crash();

  world.signIn('demo-clinician');
  const second = await world.start();
  await world.advance(1_000);
  expect(second.desk.session.person.id).toBe('demo-clinician');
  expect(second.desk.calls()).toEqual([]);
  expect(second.desk.call(id)).toBeUndefined();
  expect(second.desk.record(id, { type: 'note.added', data: { text: 'mine' } }).ok).toBe(false);
  expect(shown(second)).not.toContain('Wren');
  expect(second.desk.others()).toEqual({ calls: 1, open: 1, emergencies: 0, unsent: 1 });
  expect(second.desk.notices().join(' ')).toContain('1 entry from others');
  second.desk.takeCall({ source: 'handler' });
  second.desk.keepDraft('note', 'my own');
  await world.setHub('reachable');
  await world.until(() => second.desk.unsent() === 0);
  expect(second.desk.others().unsent).toBe(0);
  expect(second.desk.notices().join(' ')).not.toContain('from others');
  const notes = (world.hub.everything() as Envelope[]).filter(({ type }) => type === 'note.added');
  expect(notes).toMatchObject([{ data: { text: WORDS }, author: { id: 'demo-handler' } }]);
  const leavingAgain = second.desk.signOut();
  await world.advance(1_000);
  await leavingAgain;
  await world.crash();

  world.signIn('demo-handler');
  const third = await world.start();
  await world.advance(1_000);
  expect(third.desk.calls().map((call) => call.id)).toEqual([id]);
  expect(third.desk.draft('note')?.text).toBe(`${WORDS}, half`);
  // Nobody wrote "opened again" into a call that was not theirs.
  expect(third.desk.call(id)?.events.map(({ author }) => author.id)).not.toContain('demo-clinician');
  expect(third.desk.others()).toEqual({ calls: 1, open: 1, emergencies: 0, unsent: 0 });
});

it('calls read from the journal alone are fenced in the same way', async () => {
  const world = await createWorld();
  const first = await world.start();
  const id = first.desk.takeCall({ source: 'handler' });
  first.desk.record(id, { type: 'emergency.raised', data: {} });
  first.desk.record(id, { type: 'note.added', data: { text: WORDS } });
  await world.until(() => first.desk.light().kind === 'safe');
  const leaving = first.desk.signOut();
  await world.advance(1_000);
  await leaving;
  await world.powerOff();
  world.wipeDatabase();
  world.signIn('demo-clinician');
  const second = await world.start();
  await world.advance(1_000);
  expect(shown(second)).not.toContain('Wren');
  expect(second.desk.others()).toMatchObject({ calls: 1, open: 1, emergencies: 1 });
});
