import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type CallId } from '../../shared/ids.ts';
import { inDatabase, rawDatabase } from './support/truth.ts';
import { createWorld, type World } from './support/world.ts';

const note = (text: string) => ({ type: 'note.added', data: { text } }) as const;
const texts = (events: readonly unknown[]): string[] =>
  (events as Envelope[]).flatMap(({ type, data }) =>
    type === 'note.added' ? [(data as { text: string }).text] : [],
  );

/** Notes one, two and three, on this PC and not at the hub. The call's own events come before them. */
async function threeUnsent(world: World): Promise<{ desk: RunningDesk; id: CallId; stream: string }> {
  const { desk } = await world.start();
  await world.setHub('away');
  const id = desk.takeCall({ source: 'handler' });
  for (const text of ['one', 'two', 'three']) desk.record(id, note(text));
  await world.until(() => desk.light().kind === 'onThisPc');
  return { desk, id, stream: desk.call(id)?.events[0]?.stream ?? '' };
}

/** Makes the `line`th line (from 1) of the journal unreadable, as a bad sector does. */
async function scratchJournal(world: World, stream: string, line: number): Promise<void> {
  for (const folder of await readdir(world.folder)) {
    const path = join(world.folder, folder, stream, '00000001.log');
    const text = await readFile(path, 'latin1').catch(() => undefined);
    if (text === undefined) continue;
    const lines = text.split('\n');
    lines[line - 1] = '#'.repeat(lines[line - 1]?.length ?? 0);
    await writeFile(path, lines.join('\n'), 'latin1');
  }
}

/** Makes the row of the note unreadable; answers its number. */
async function scratchDatabase(world: World, text: string): Promise<number> {
  const event = (await inDatabase(world)).find((one) => texts([one]).includes(text));
  if (event === undefined) throw new Error('no such note');
  const raw = rawDatabase(world);
  await raw.open();
  const row = await raw.events.get([event.stream, event.seq]);
  await raw.events.put({ ...(row as object), box: 'not a box' } as never);
  raw.close();
  return event.seq;
}

describe('damage in both copies', () => {
  it('an event that neither can give is declared to the hub as lost, and nothing behind it waits', async () => {
    const world = await createWorld();
    const { id, stream } = await threeUnsent(world);
    await world.powerOff();
    const seq = await scratchDatabase(world, 'two');
    await scratchJournal(world, stream, seq);
    const { desk } = await world.start();
    await world.setHub('reachable');
    await world.until(() => desk.unsent() === 0);
    expect(texts(world.hub.events(stream as never))).toEqual(['one', 'three']);
    expect(world.hub.everything()).toContainEqual({ lost: true, stream, seq });
    expect(texts(desk.call(id)?.events ?? [])).toEqual(['one', 'three']);
    expect(desk.notices().join(' ')).toContain(`Event ${seq} of this desk's log cannot be read from either`);
    // Once more with the same: the hub says what it said.
    expect(world.hub.flags(stream as never)).toEqual([]);
  });

  it('a lost database and a damaged journal leave their union, and the numbers that are missing are said', async () => {
    const world = await createWorld();
    const { id, stream } = await threeUnsent(world);
    await world.powerOff();
    world.wipeDatabase();
    const seq = await scratchDatabaseLine(world, stream, 'two');
    const { desk } = await world.start();
    expect(texts(desk.call(id)?.events ?? [])).toEqual(['one', 'three']);
    expect(desk.notices().join(' ')).toContain(`Event ${seq} is missing from both copies`);
    desk.record(id, note('four'));
    await world.setHub('reachable');
    await world.until(() => desk.unsent() === 0 && desk.light().kind === 'safe');
    expect(texts(world.hub.events(stream as never))).toEqual(['one', 'three', 'four']);
  });

  it('nothing is called lost while the journal cannot be asked', async () => {
    const world = await createWorld();
    const { stream } = await threeUnsent(world);
    await world.powerOff();
    const seq = await scratchDatabase(world, 'two');
    const { desk } = await world.start();
    world.unplug();
    await world.setHub('reachable');
    await world.advance(30_000);
    world.plugIn();
    await world.until(() => desk.unsent() === 0);
    expect(texts(world.hub.events(stream as never))).toEqual(['one', 'two', 'three']);
    expect(world.hub.everything()).not.toContainEqual({ lost: true, stream, seq });
  });
});

/** The event's line in the journal, made unreadable; answers its number. Its place is its number: one line each. */
async function scratchDatabaseLine(world: World, stream: string, text: string): Promise<number> {
  const { events } = await world
    .journal()
    .read(0, 500)
    .then((read) => {
      if (!read.ok) throw new Error(read.error.message);
      return read.value;
    });
  const seq = events.find((event) => texts([event]).includes(text))?.seq ?? 0;
  await world.powerOff();
  await scratchJournal(world, stream, seq);
  return seq;
}

describe('a window whose database is away', () => {
  it('sends from the journal, and calls nothing safe before its receipt is kept in the journal', async () => {
    const world = await createWorld();
    const real = world.storage.open.bind(world.storage);
    let broken = true;
    world.storage.open = (...given) => {
      if (broken) throw new DOMException('ordered by the test', 'UnknownError');
      return real(...given);
    };
    const { desk } = await world.start();
    const id = desk.takeCall({ source: 'handler' });
    desk.record(id, note('one'));
    await world.until(() => desk.unsent() === 0);
    expect(desk.light()).toMatchObject({ kind: 'oneCopy', missing: 'database' });
    expect(texts(world.hub.everything())).toEqual(['one']);
    const pushes = world.hub.pushes;
    await world.powerOff();
    broken = false;
    const { desk: next } = await world.start();
    await world.until(() => next.light().kind === 'safe' || next.unsent() === 0);
    expect(texts(next.call(id)?.events ?? [])).toEqual(['one']);
    expect(next.unsent()).toBe(0);
    expect(world.hub.pushes - pushes).toBeLessThan(3);
  });

  it('that was lost brings back earlier streams from the journal, and sends what they had unsent', async () => {
    const world = await createWorld();
    const { desk: first, stream } = await threeUnsent(world);
    await first.close();
    const made = await world.journal().newStream('ordered by the test');
    expect(made.ok).toBe(true);
    await world.powerOff();
    world.wipeDatabase();
    const { desk } = await world.start();
    await world.setHub('reachable');
    await world.until(() => world.hub.events(stream as never).length >= 5);
    await world.until(() => desk.unsent() === 0);
    expect(texts(world.hub.events(stream as never))).toEqual(['one', 'two', 'three']);
    expect(desk.notices().join(' ')).toContain('earlier part of this desk’s log was put back');
  });
});
