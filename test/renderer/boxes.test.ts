import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { v7 } from 'uuid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createVault } from '../../main/services/vault/vault.ts';
import { LanternDatabase } from '../../renderer/store/database.ts';
import { type Sealer } from '../../renderer/store/sealer.ts';
import { openStore } from '../../renderer/store/store.ts';
import { webImportKey } from '../../renderer/store/web-box.ts';
import { keyId } from '../../shared/boxes/box.ts';
import { streamId } from '../../shared/ids.ts';
import { headOf, makeEvents } from '../main/support/events.ts';
import { must } from '../main/support/journals.ts';
import { eventsIn, forksIn, testSealer } from '../support/sealers.ts';
import { testVault } from '../support/vault.ts';

const stream = streamId.parse(v7());
const WORDS = /plainly said|demo-handler/;

async function openNew(storage: IDBFactory, sealer: Sealer) {
  const indexedDb = { factory: storage, keyRange: FakeKeyRange };
  const store = openStore('test', indexedDb, sealer, { say: () => undefined, hold: () => undefined });
  const raw = new LanternDatabase('lantern-test', indexedDb);
  await must(store.open());
  await raw.open();
  onTestFinished(() => {
    store.close();
    raw.close();
  });
  return { store, raw };
}

/** Everything readable in every table: texts as they are, bytes as Latin-1. */
async function readable(raw: LanternDatabase): Promise<string> {
  const rows = await Promise.all(raw.tables.map((table) => table.toArray()));
  return JSON.stringify(rows, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
}

describe('the window’s boxes', () => {
  it('are those of the main process: what one closes the other opens, at its place alone', async () => {
    const vault = testVault();
    const web = await testSealer(vault, webImportKey);
    const { key, box } = await web.seal('{"a":"ä"}', ['event', stream, 1]);
    const here = vault.open({ key, box: Buffer.from(box).toString('base64') }, ['event', stream, 1]);
    expect(JSON.parse((here as { text: string }).text)).toEqual({ a: 'ä' });
    const made = vault.seal('{"b":1}', ['event', stream, 2]);
    const row = { key: made.key, box: Uint8Array.from(Buffer.from(made.box, 'base64')) };
    expect(JSON.parse(((await web.open(row, ['event', stream, 2])) as { text: string }).text)).toEqual({
      b: 1,
    });
    expect(await web.open(row, ['event', stream, 3])).toEqual({ kind: 'broken' });
    expect(await web.open({ ...row, box: new Uint8Array() }, ['event', stream, 2])).toEqual({
      kind: 'broken',
    });
    expect(await web.open({ ...row, key: keyId.parse(v7()) }, ['event', stream, 2])).toEqual({
      kind: 'locked',
    });
  });

  it('hold the key so that the window cannot read it out', async () => {
    const imported: CryptoKey[] = [];
    const original = crypto.subtle.importKey.bind(crypto.subtle);
    const spy = async (...args: Parameters<typeof original>): Promise<CryptoKey> => {
      const key = await original(...args);
      imported.push(key);
      return key;
    };
    Object.assign(crypto.subtle, { importKey: spy });
    onTestFinished(() => void Reflect.deleteProperty(crypto.subtle, 'importKey'));
    await testSealer(testVault(), webImportKey);
    expect(imported.map(({ extractable }) => extractable)).toEqual([false]);
  });

  it('leave nothing readable in any table of what was said, nor a hash to try guesses on', async () => {
    const { store, raw } = await openNew(new FakeFactory(), await testSealer());
    const events = await makeEvents(stream, 3, undefined, 'plainly said');
    await must(store.writer.append(events));
    const receipt = { n: 1, stream, from: 1, to: 3, hash: headOf(events).hash, at: 1 };
    await must(store.writer.acknowledge(stream, 3, [receipt]));
    await must(store.writer.setAside(events, []));
    await must(store.writer.setAside(events, []));
    await raw.events.put({ ...events[0], author: 'plainly said' } as never);
    await must(store.writer.repair(events[0] as never));
    expect(await readable(raw)).not.toMatch(WORDS);
    for (const { hash } of events) expect(await readable(raw)).not.toContain(hash);
    expect(await forksIn(await raw.forks.toArray())).toEqual(events);
    expect(await must(store.reader.newestReceipt())).toEqual(receipt);
  });

  it('moved to another number, or given to another call, are broken and named', async () => {
    const { store, raw } = await openNew(new FakeFactory(), await testSealer());
    await must(store.writer.append(await makeEvents(stream, 3)));
    const [one, two, three] = (await raw.events.toArray()) as { seq: number }[];
    await raw.events.put({ ...one, seq: 2 } as never);
    await raw.events.put({ ...three, call: v7() } as never);
    const page = await must(store.reader.batch(stream, 0, 10));
    expect(page.broken.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(two).toBeDefined();
  });
});

describe('a database of version 1', () => {
  async function oldDatabase(): Promise<{
    storage: IDBFactory;
    events: Awaited<ReturnType<typeof makeEvents>>;
  }> {
    const storage = new FakeFactory();
    const { raw } = await openNew(storage, await testSealer());
    const events = await makeEvents(stream, 450, undefined, 'plainly said');
    await raw.events.bulkPut(events as never);
    await raw.events.put({ ...events[7], author: 'plainly said' } as never);
    await raw.streams.put({ stream, ...headOf(events), acked: 2, role: 'current' });
    await raw.receipts.put({ n: 1, stream, from: 1, to: 2, hash: events[1]?.hash ?? '', at: 1 } as never);
    await raw.table('aside').put(events[0]);
    await raw.damaged.add({ stream, seq: 9, row: { note: 'plainly said' } } as never);
    return { storage, events };
  }

  it('is read as it is, takes new events, and is put into boxes whole', async () => {
    const { storage, events } = await oldDatabase();
    const { store, raw } = await openNew(storage, await testSealer());
    expect(await must(store.reader.streams())).toEqual([
      { stream, ...headOf(events), acked: 2, role: 'current' },
    ]);
    const more = await makeEvents(stream, 2, headOf(events), 'plainly said');
    await must(store.writer.append(more.slice(0, 1)));
    expect(await must(store.sealPlain())).toBeGreaterThan(450);
    await must(store.writer.append(more.slice(1)));
    expect(await readable(raw)).not.toMatch(WORDS);
    const sound = [...events, ...more].filter(({ seq }) => seq !== 8);
    expect(await eventsIn(await raw.events.orderBy('[stream+seq]').toArray())).toEqual(sound);
    const page = await must(store.reader.batch(stream, 5, 5));
    expect(page.broken.map(({ seq }) => seq)).toEqual([8]);
    expect(await raw.aside.count()).toBe(0);
    expect(await forksIn(await raw.forks.toArray())).toEqual([events[0]]);
    expect(await raw.damaged.count()).toBe(2);
    expect(await must(store.reader.newestReceipt())).toMatchObject({ n: 1, to: 2 });
    expect(await must(store.sealPlain())).toBe(0);
  });

  it('goes on where a window that ended in between stopped', async () => {
    const { storage, events } = await oldDatabase();
    const sealer = await testSealer();
    let left = 250;
    const dying: Sealer = {
      ...sealer,
      seal: (...args) => (left-- > 0 ? sealer.seal(...args) : Promise.reject(new Error('killed'))),
    };
    const first = await openNew(storage, dying);
    expect((await first.store.sealPlain()).ok).toBe(false);
    const { store, raw } = await openNew(storage, sealer);
    expect(await must(store.sealPlain())).toBeLessThan(300);
    expect(await readable(raw)).not.toMatch(WORDS);
    expect(await eventsIn(await raw.events.toArray())).toHaveLength(events.length - 1);
  });
});

describe('a database whose key cannot be opened', () => {
  it('deletes nothing, shows no call in part, and takes a new stream under the new key', async () => {
    const storage = new FakeFactory();
    const old = await openNew(storage, await testSealer());
    const events = await makeEvents(stream, 3);
    await must(old.store.writer.append(events));
    const id = keyId.parse(v7());
    const sealer = await testSealer(createVault(id, [{ id, bytes: new Uint8Array(32).fill(3) }]));
    const { store } = await openNew(storage, sealer);
    expect(await must(store.reader.streams())).toEqual([]);
    expect(await must(store.reader.locked())).toEqual({ streams: 1, events: 3 });
    expect(await store.reader.batch(stream, 0, 10)).toMatchObject({ error: { code: 'store.locked' } });
    expect(await store.reader.ofCall(events[0]?.call as never)).toMatchObject({
      error: { code: 'store.locked' },
    });
    expect(await store.writer.append(await makeEvents(stream, 1, headOf(events)))).toMatchObject({
      error: { code: 'store.locked' },
    });
    const next = streamId.parse(v7());
    await must(store.writer.append(await makeEvents(next, 2)));
    expect((await must(store.reader.streams())).map((row) => row.stream)).toEqual([next]);
    expect(await must(old.store.reader.batch(stream, 0, 10))).toEqual({ events, broken: [] });
  });
});
