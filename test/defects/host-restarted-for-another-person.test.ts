import { expect, test } from 'vitest';
import { type Envelope } from '../../shared/events/event.ts';
import { must } from '../main/support/journals.ts';
import { createWorld } from '../renderer/support/world.ts';

const HALF = 'She will not say where she is, only that';

/** Somebody has a call in hand and half a sentence in a field when the desk program behind the window is gone. */
async function interrupted() {
  const world = await createWorld();
  const changes: string[] = [];
  const { desk } = await world.start({ onPersonChanged: () => changes.push('changed') });
  const call = desk.takeCall({ source: 'handler' });
  desk.keepDraft(`${call}:note`, 'She will not');
  await world.until(() => desk.light().kind === 'safe' && !desk.facts().typing);
  world.unplug();
  await world.settle();
  desk.record(call, { type: 'note.added', data: { text: 'said while nobody listened' } });
  desk.keepDraft(`${call}:note`, HALF);
  await world.advance(3_000);
  return { world, desk, call, changes };
}

const draftsOf = async (world: Awaited<ReturnType<typeof createWorld>>, person: string) =>
  (await must(world.drafts().list(person))).drafts.map(({ text }) => text);

test.each(['demo-clinician', undefined])(
  'the host comes back with %s signed in: the window of before is closed to them, and its words stay their writer’s',
  async (person) => {
    const { world, desk, changes } = await interrupted();
    await world.restartMainFor(person);
    await world.until(() => changes.length > 0, 60_000);
    expect(desk.state()).toBe('personChanged');
    expect(desk.calls()).toEqual([]);
    expect(await draftsOf(world, 'demo-clinician')).toEqual([]);
    expect(await draftsOf(world, 'demo-handler')).toEqual([HALF]);
    expect(changes).toEqual(['changed']);
    await world.crash();

    if (person === undefined) world.signIn('demo-clinician');
    const { desk: next } = await world.start();
    await world.until(() => next.unsent() === 0 && next.light().kind !== 'keeping');
    expect(next.session.person.id).toBe('demo-clinician');
    expect(next.halfTyped()).toBe(0);
    expect(next.calls()).toEqual([]);
    const notes = (world.hub.everything() as Envelope[]).filter(({ type }) => type === 'note.added');
    expect(notes).toMatchObject([
      { author: { id: 'demo-handler' }, data: { text: 'said while nobody listened' } },
    ]);
  },
);

test('the host comes back with the same person: they go on where they were', async () => {
  const { world, desk, call, changes } = await interrupted();
  await world.restartMainFor('demo-handler');
  await world.until(() => desk.light().kind === 'safe' && !desk.facts().typing, 60_000);
  expect(desk.state()).toBe('ready');
  expect(desk.draft(`${call}:note`)?.text).toBe(HALF);
  expect(await draftsOf(world, 'demo-handler')).toEqual([HALF]);
  expect(changes).toEqual([]);
});
