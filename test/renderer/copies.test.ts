import { describe, expect, it } from 'vitest';
import { type StoredStream } from '../../renderer/store/rows.ts';
import { eventsIn, forksIn } from '../support/sealers.ts';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { verifyChain } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type EventRef } from '../../shared/events/vocabulary.ts';
import { type CallId } from '../../shared/ids.ts';
import { digest } from '../support/digest.ts';
import { inDatabase, inJournal, rawDatabase } from './support/truth.ts';
import { createWorld, type World } from './support/world.ts';

const note = (text: string) => ({ type: 'note.added', data: { text } }) as const;
const texts = (events: readonly { type: string; data: unknown }[]): string[] =>
  events.flatMap(({ type, data }) => (type === 'note.added' ? [(data as { text: string }).text] : []));
const hashes = (events: readonly Envelope[]): string[] => events.map(({ hash }) => hash);

async function twoNotes(world: World): Promise<{ desk: RunningDesk; id: CallId }> {
  const { desk } = await world.start();
  const id = desk.takeCall({ source: 'handler' });
  desk.record(id, note('one'));
  desk.record(id, note('two'));
  await world.until(() => desk.light().kind === 'safe');
  return { desk, id };
}

describe('the two copies on this PC', () => {
  it('writes with strict durability, events and head in one transaction', async () => {
    const world = await createWorld();
    const { desk, databases } = await world.start();
    desk.takeCall({ source: 'handler' });
    await world.settle();
    expect(databases.writes.length).toBeGreaterThan(0);
    expect(new Set(databases.writes.map(({ durability }) => durability))).toEqual(new Set(['strict']));
    expect(databases.writes.map(({ stores }) => [...stores].toSorted())).toContainEqual([
      'calls',
      'events',
      'streams',
    ]);
  });

  it('rebuilds a lost database from the journal', async () => {
    const world = await createWorld();
    const { id } = await twoNotes(world);
    await world.powerOff();
    world.wipeDatabase();
    const { desk } = await world.start();
    expect(texts(desk.call(id)?.events ?? [])).toEqual(['one', 'two']);
    expect(desk.notices().join(' ')).toContain('put back into this window from the journal');
    await world.until(() => desk.light().kind === 'safe');
    // What the hub had already was proved by its hash, and not sent a second time but for the last.
    expect(world.hub.pushes).toBeLessThan(5);
    expect(hashes(await inDatabase(world))).toEqual(hashes((await inJournal(world)).events));
  });

  it('rebuilds a lost journal from the database, beside the first events of the day', async () => {
    const world = await createWorld();
    const { id } = await twoNotes(world);
    await world.powerOff();
    await world.wipeJournal(true);
    const { desk } = await world.start();
    desk.record(id, note('three'));
    await world.until(() => desk.light().kind === 'safe');
    expect(texts((await inJournal(world)).events)).toEqual(['one', 'two', 'three']);
  });

  it('fills a journal that was lost while the window went on', async () => {
    const world = await createWorld();
    const { desk, id } = await twoNotes(world);
    world.unplug();
    await world.wipeJournal(true);
    desk.record(id, note('three'));
    world.plugIn();
    await world.until(() => desk.light().kind === 'safe');
    const { events } = await inJournal(world);
    expect(texts(events)).toEqual(['one', 'two', 'three']);
    expect(await verifyChain(events, digest)).toEqual([]);
  });

  it('fills a database that was lost while the window went on', async () => {
    const world = await createWorld();
    const { desk, id } = await twoNotes(world);
    const raw = rawDatabase(world);
    await raw.open();
    for (const table of raw.tables) await table.clear();
    raw.close();
    desk.record(id, note('three'));
    await world.until(() => desk.light().kind === 'safe');
    expect(texts(await inDatabase(world))).toEqual(['one', 'two', 'three']);
  });

  it('works from the journal when the database cannot be opened, and fills it once it can', async () => {
    const world = await createWorld();
    const { id } = await twoNotes(world);
    await world.powerOff();
    world.wipeDatabase();
    const real = world.storage.open.bind(world.storage);
    let broken = true;
    world.storage.open = (...given) => {
      if (broken) throw new DOMException('ordered by the test', 'UnknownError');
      return real(...given);
    };
    const { desk } = await world.start();
    expect(texts(desk.call(id)?.events ?? [])).toEqual(['one', 'two']);
    desk.record(id, note('three'));
    await world.settle();
    expect(desk.light()).toMatchObject({ kind: 'oneCopy', missing: 'database' });
    broken = false;
    await world.until(() => desk.light().kind === 'safe');
    expect(texts(await inDatabase(world))).toEqual(['one', 'two', 'three']);
  });

  it('takes a database full of other things for what it is, and keeps the words in the journal', async () => {
    const world = await createWorld();
    const { desk, databases } = await world.start();
    await world.settle();
    databases.failWrites = new DOMException('full', 'QuotaExceededError');
    const id = desk.takeCall({ source: 'handler' });
    await world.settle();
    expect(desk.light()).toMatchObject({ kind: 'oneCopy', missing: 'database' });
    expect(desk.facts().databaseFault).toContain('full');
    world.disk.room = 0;
    desk.record(id, note('nowhere'));
    await world.until(() => desk.light().kind === 'notKept');
    databases.failWrites = undefined;
    world.disk.room = Infinity;
    await world.until(() => desk.light().kind === 'safe');
    expect(texts(await inDatabase(world))).toEqual(['nowhere']);
  });

  it('repairs a row that cannot be read from the journal, keeps it, and says so', async () => {
    const world = await createWorld();
    const { id } = await twoNotes(world);
    await world.powerOff();
    const raw = rawDatabase(world);
    await raw.open();
    const [row] = (await eventsIn(await raw.events.toArray())).filter((event) =>
      texts([event]).includes('one'),
    );
    await raw.events.put({ ...row, at: 'long ago' } as never);
    raw.close();
    const { desk } = await world.start();
    expect(texts(desk.call(id)?.events ?? [])).toEqual(['one', 'two']);
    expect(desk.notices().join(' ')).toContain('repaired from the journal');
    await raw.open();
    expect(await raw.damaged.count()).toBe(1);
    expect(await raw.events.where('call').equals(id).count()).toBe(desk.call(id)?.events.length);
    raw.close();
  });
});

describe('a stream that cannot be gone on with', () => {
  it('is left when the profile was put back to an older copy: nothing is lost, no number used twice', async () => {
    const world = await createWorld();
    const { desk: first, id } = await twoNotes(world);
    await first.close();
    await world.powerOff();
    const putBack = await world.backUp();
    const { desk: second } = await world.start();
    second.record(id, note('three'));
    await world.until(() => second.light().kind === 'safe');
    await world.powerOff();
    await putBack();
    const { desk } = await world.start();
    expect(desk.notices().join(' ')).toContain('put back to an older copy');
    desk.record(id, note('four'));
    await world.until(() => desk.unsent() === 0);
    const all = world.hub.everything() as Envelope[];
    expect(texts(all).toSorted()).toEqual(['four', 'one', 'three', 'two']);
    expect(new Set(all.map(({ stream }) => stream)).size).toBe(2);
  });

  it('is left as soon as the hub can be asked, when it could not be at the start', async () => {
    const world = await createWorld();
    const { desk: first, id } = await twoNotes(world);
    await first.close();
    await world.powerOff();
    const putBack = await world.backUp();
    const { desk: second } = await world.start();
    second.record(id, note('three'));
    await world.until(() => second.light().kind === 'safe');
    await world.powerOff();
    await putBack();
    await world.setHub('away');
    const { desk } = await world.start();
    desk.record(id, note('four'));
    await world.settle();
    expect(desk.light().kind).toBe('onThisPc');
    await world.setHub('reachable');
    await world.until(() => desk.unsent() === 0);
    expect(desk.notices().join(' ')).toContain('put back to an older copy');
    // Both events of the number are at the hub: the second one beside the first, for somebody to look at.
    expect(texts(world.hub.everything() as Envelope[]).toSorted()).toEqual(['four', 'one', 'three', 'two']);
    const stays = desk.record(id, note('five'));
    await world.until(() => desk.unsent() === 0);
    expect(stays.ok && world.hub.events(stays.event.stream).length).toBe(1);
  });

  it('takes what is recorded while it is being left into the new one, with its pointers kept right', async () => {
    const world = await createWorld();
    const { desk: first, id } = await twoNotes(world);
    await first.close();
    await world.powerOff();
    const putBack = await world.backUp();
    const { desk: second } = await world.start();
    second.record(id, note('three'));
    await world.until(() => second.light().kind === 'safe');
    await world.powerOff();
    await putBack();
    await world.setHub('away');
    const { desk } = await world.start();
    const back = world.setHub('reachable');
    const wanted = new Map<string, EventRef>();
    const leftAt = desk.calls()[0]?.events.at(-1)?.stream;
    for (let count = 0; count < 60; count += 1) {
      const text = `while leaving ${count}`;
      const recorded = desk.record(id, note(text));
      if (!recorded.ok) throw new Error(recorded.why.join(' '));
      const { stream, seq } = recorded.event;
      desk.record(id, { type: 'entry.struck', data: { target: { stream, seq }, reason: text } });
      wanted.set(text, { stream, seq });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await back;
    await world.until(() => desk.unsent() === 0);
    const events = desk.call(id)?.events ?? [];
    const placed = new Map(events.map((event) => [`${event.stream}/${event.seq}`, event]));
    expect(placed.size).toBe(events.length);
    for (const event of events) {
      if (event.type !== 'entry.struck') continue;
      const target = placed.get(`${event.data.target.stream}/${event.data.target.seq}`);
      expect(texts(target === undefined ? [] : [target])).toEqual([event.data.reason]);
    }
    const atHub = texts(world.hub.everything() as Envelope[]);
    expect(atHub.filter((text) => wanted.has(text)).toSorted()).toEqual([...wanted.keys()].toSorted());
    // Some were shown under a number of the old stream first; a screen may still point to them by it.
    const moved = events.find((event) => {
      const shown = wanted.get(texts([event])[0] ?? '');
      return shown !== undefined && shown.stream === leftAt && event.stream !== leftAt;
    });
    const target = wanted.get(texts(moved === undefined ? [] : [moved])[0] ?? '');
    if (moved === undefined || target === undefined) throw new Error('nothing was recorded in between');
    const late = desk.record(id, { type: 'entry.struck', data: { target, reason: 'late' } });
    expect(late.ok && late.event.data).toMatchObject({ target: { stream: moved.stream, seq: moved.seq } });
    await world.settle();
    expect(desk.facts().made).toBe(desk.facts().inJournal);
  });

  it('is left when the copies hold different events under one number, and both are kept', async () => {
    const world = await createWorld();
    const { id } = await twoNotes(world);
    await world.powerOff();
    const raw = rawDatabase(world);
    await raw.open();
    const [{ stream, seq, acked, role }] = (await raw.streams.toArray()) as [StoredStream];
    const last = (await eventsIn(await raw.events.toArray())).at(-1) as Envelope;
    const other = { ...last, data: { text: 'another two' }, hash: 'a'.repeat(64) };
    // As version 1 kept them.
    await raw.events.put(other as never);
    await raw.streams.put({ stream, seq, acked, role, hash: other.hash });
    const { desk } = await world.start();
    expect(desk.notices().join(' ')).toContain('different events under the same number');
    desk.record(id, note('three'));
    await world.until(() => desk.facts().inJournal === desk.facts().made);
    expect(texts(await forksIn(await raw.forks.toArray()))).toEqual(['two']);
    // Both are shown. The hub had "two" before; the journal's goes to it once more, in a stream of its own.
    const shown = texts(desk.call(id)?.events ?? []);
    expect(shown.toSorted()).toEqual(['another two', 'one', 'three', 'two']);
    await world.until(() => desk.unsent() === 0);
    const atHub = (world.hub.everything() as Envelope[]).filter((event) => texts([event]).includes('two'));
    expect(new Set(atHub.map(({ stream: of }) => of)).size).toBe(2);
    raw.close();
  });

  it('is left when the journal keeps another one; the events of both are sent', async () => {
    const world = await createWorld();
    const { desk: first, id } = await twoNotes(world);
    await world.setHub('away');
    first.record(id, note('three'));
    await world.settle();
    world.unplug();
    await world.wipeJournal(false);
    first.record(id, note('four'));
    world.plugIn();
    await world.setHub('reachable');
    await world.until(() => first.unsent() === 0 && first.light().kind === 'safe', 3_600_000);
    expect(texts(world.hub.everything() as Envelope[]).toSorted()).toEqual(['four', 'one', 'three', 'two']);
    first.record(id, note('five'));
    await world.until(() => first.light().kind === 'safe');
    expect(texts((await inJournal(world)).events)).toContain('five');
  });
});
