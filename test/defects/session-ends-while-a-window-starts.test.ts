import { expect, test } from 'vitest';
import { type SignInDoor } from '../../renderer/call/session-line.ts';
import { must } from '../main/support/journals.ts';
import { createWorld } from '../renderer/support/world.ts';

/** Between the first look at who is here and the keys, something slow happens, and with it `meanwhile`. */
const slowLock = (meanwhile: () => Promise<void>) => ({
  async take() {
    await meanwhile();
    return { release: () => undefined };
  },
  whenFree: () => Promise.resolve(),
});

const comesIn = async (door: SignInDoor) => must(door.choose('demo-clinician'));

/** The handler has half a sentence in a field; their window starts anew. */
async function halfTyped() {
  const world = await createWorld();
  const { desk } = await world.start();
  desk.keepDraft('note', 'She will not');
  await world.until(() => !desk.facts().typing);
  await world.crash();
  return world;
}

test('a session that ends while a window starts: the door is shown, and the window starts for who comes in by it', async () => {
  const world = await halfTyped();
  const { desk } = await world.start({ signIn: comesIn, locks: slowLock(() => world.signOut()) });
  expect(desk.state()).toBe('ready');
  expect(desk.session.person.id).toBe('demo-clinician');
  expect(desk.draft('note')).toBeUndefined();
});

test('somebody else who comes in while a window starts gets a window of their own, without the other’s half-typed words', async () => {
  const world = await halfTyped();
  const changed = async () => {
    await world.signOut();
    world.signIn('demo-clinician');
  };
  const { desk } = await world.start({ signIn: comesIn, locks: slowLock(changed) });
  expect(desk.session.person.id).toBe('demo-clinician');
  expect(desk.drafts()).toEqual([]);
  expect((await must(world.drafts().list('demo-handler'))).drafts).toMatchObject([{ text: 'She will not' }]);
});
