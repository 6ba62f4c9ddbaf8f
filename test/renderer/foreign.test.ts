import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { v7 } from 'uuid';
import { LanternDatabase } from '../../renderer/store/database.ts';
import { openStore } from '../../renderer/store/store.ts';
import { streamId } from '../../shared/ids.ts';
import { makeEvents } from '../main/support/events.ts';
import { testSealer } from '../support/sealers.ts';
import { processDatabases } from './support/process-indexeddb.ts';
import { createWorld } from './support/world.ts';

const sealer = await testSealer();
const mine = streamId.parse(v7());
const theirs = streamId.parse(v7());

function open(storage = new FakeFactory()) {
  const store = openStore('test', processDatabases(storage, FakeKeyRange).indexedDb, sealer, {
    say: () => undefined,
    hold: () => undefined,
  });
  onTestFinished(() => store.close());
  return { store, storage };
}

describe('what another desk wrote', () => {
  it('is read with the call, and is in no stream of this profile', async () => {
    const { store, storage } = open();
    const foreign = await makeEvents(theirs, 3);
    const call = foreign[0]?.call;
    if (call === undefined) throw new Error('no event');
    const own = (await makeEvents(mine, 2)).map((event) => ({ ...event, call }));
    expect((await store.foreign.keep(foreign)).ok).toBe(true);
    await store.writer.append(own);
    const read = await open(storage).store.reader.ofCall(call);
    expect(read.ok && read.value.events.map(({ hash }) => hash).toSorted()).toEqual(
      [...own, ...foreign].map(({ hash }) => hash).toSorted(),
    );
    const streams = await store.reader.streams();
    expect(streams.ok && streams.value.map(({ stream }) => stream)).toEqual([mine]);
    const batch = await store.reader.batch(theirs, 0, 10);
    expect(batch.ok && batch.value.events).toEqual([]);
  });

  it('is kept once however often it comes, in boxes, and makes the call one that is opened at start', async () => {
    const { store, storage } = open();
    const foreign = await makeEvents(theirs, 3);
    await store.foreign.keep(foreign);
    await store.foreign.keep(foreign);
    const raw = new LanternDatabase('lantern-test', { factory: storage, keyRange: FakeKeyRange });
    onTestFinished(() => raw.close());
    await raw.open();
    const rows = await raw.foreign.toArray();
    expect(rows).toHaveLength(3);
    for (const row of rows)
      expect(Object.keys(row as object).toSorted()).toEqual(['box', 'call', 'key', 'seq', 'stream']);
    expect(await raw.calls.count()).toBe(1);
  });

  it('that cannot be read is left out: the hub has it', async () => {
    const { store, storage } = open();
    const foreign = await makeEvents(theirs, 2);
    await store.foreign.keep(foreign);
    const raw = new LanternDatabase('lantern-test', { factory: storage, keyRange: FakeKeyRange });
    onTestFinished(() => raw.close());
    await raw.open();
    await raw.foreign.put({ stream: theirs, seq: 1, call: foreign[0]?.call, key: 'x', box: 7 } as never);
    const read = await store.reader.ofCall(foreign[0]?.call as never);
    expect(read.ok && read.value.events.map(({ seq }) => seq)).toEqual([2]);
  });

  it('leaves where the call is for a start without the hub', async () => {
    const { store, storage } = open();
    const [event] = await makeEvents(theirs, 1);
    if (event === undefined) throw new Error('no event');
    const elsewhere = { since: 5, name: 'Desk 4' };
    await store.foreign.keepLease({ call: event.call, elsewhere });
    const again = open(storage).store;
    expect(await again.foreign.leases()).toEqual({ ok: true, value: [{ call: event.call, elsewhere }] });
    await again.foreign.keepLease({ call: event.call });
    expect(await again.foreign.leases()).toEqual({ ok: true, value: [{ call: event.call }] });
  });
});

describe('a call that another desk has', () => {
  it('takes the emergency and a note here, and refuses every decision in words', async () => {
    const world = await createWorld();
    const first = await world.start();
    const id = first.desk.takeCall({ source: 'handler' });
    await world.until(() => first.desk.light().kind === 'safe');
    await world.powerOff();
    // As the hub told it in the last run.
    const storeOfDesk = new LanternDatabase('lantern-test', {
      factory: world.storage,
      keyRange: FakeKeyRange,
    });
    await storeOfDesk.open();
    await storeOfDesk.leases.put({ call: id, elsewhere: { since: 1, name: null } });
    storeOfDesk.close();
    await world.setHub('away');
    const { desk } = await world.start();
    expect(desk.call(id)?.elsewhere).toEqual({ since: 1, name: null });
    // It was not taken up again by itself.
    expect(desk.call(id)?.events.map(({ type }) => type)).toEqual(['call.offered', 'call.answered']);
    expect(desk.notices().join(' ')).toContain('another desk');
    expect(desk.record(id, { type: 'note.added', data: { text: 'still here' } }).ok).toBe(true);
    expect(desk.record(id, { type: 'emergency.raised', data: {} }).ok).toBe(true);
    const stage = desk.record(id, { type: 'stage.entered', data: { stage: 'needs' } });
    expect(!stage.ok && stage.why.join(' ')).toContain('Another desk has this call');
    const answer = await desk.continueCall(id, 'handedOn');
    expect(answer.kind === 'no' && answer.why).toContain('The hub cannot be reached');
  });
});
