import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { v7 } from 'uuid';
import { LanternDatabase, type IndexedDb } from '../../renderer/store/database.ts';
import { openStore } from '../../renderer/store/store.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { streamId } from '../../shared/ids.ts';
import { headOf, makeEvents } from '../main/support/events.ts';
import { testSealer } from '../support/sealers.ts';
import { processDatabases } from './support/process-indexeddb.ts';

const keyRange = FakeKeyRange;
const stream = streamId.parse(v7());

const sealer = await testSealer();

function openNew() {
  const storage = new FakeFactory();
  const databases = processDatabases(storage, keyRange);
  const told: string[] = [];
  const store = openStore('test', databases.indexedDb, sealer, {
    say: (sentence) => told.push(sentence),
    hold: (key, sentence) => told.push(sentence ?? `${key} is over`),
  });
  onTestFinished(() => store.close());
  const indexedDb: IndexedDb = { factory: storage, keyRange };
  const raw = new LanternDatabase('lantern-test', indexedDb);
  onTestFinished(() => raw.close());
  return { store, databases, told, raw, storage };
}

describe('a database that cannot be opened yet', () => {
  it('says which window to close, and goes on by itself when that one is gone', async () => {
    const { store, told, storage } = openNew();
    const older = await new Promise<IDBDatabase>((resolve) => {
      const open = storage.open('lantern-test', 5);
      open.addEventListener('success', () => resolve(open.result));
    });
    const opening = store.open();
    while (told.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(told.join(' ')).toContain('Close that window');
    older.close();
    expect((await opening).ok).toBe(true);
    expect(told.at(-1)).toBe('storeBlocked is over');
    expect((await store.writer.append(await makeEvents(stream, 1))).ok).toBe(true);
  });
});

describe('a database that the browser threw away as damaged', () => {
  /** As Chromium opens one that it could not read: an empty one, and `dataLoss` in the event that makes it. */
  function losing(storage: IDBFactory, loss: 'none' | 'total'): IDBFactory {
    const open: IDBFactory['open'] = (name, version) => {
      const request = storage.open(name, version);
      request.addEventListener('upgradeneeded', (event) => Object.assign(event, { dataLoss: loss }), {
        once: true,
      });
      return request;
    };
    return new Proxy(storage, {
      get: (target, key) => (key === 'open' ? open : (Reflect.get(target, key) as unknown)),
    });
  }

  async function told(loss: 'none' | 'total'): Promise<string[]> {
    const sentences: string[] = [];
    const factory = losing(new FakeFactory(), loss);
    const notices = { say: (sentence: string) => sentences.push(sentence), hold: () => undefined };
    const store = openStore('test', { factory, keyRange }, sealer, notices);
    onTestFinished(() => store.close());
    expect((await store.open()).ok).toBe(true);
    expect((await store.writer.append(await makeEvents(stream, 1))).ok).toBe(true);
    return sentences;
  }

  it('is said to the person at the desk, with what becomes of what was in it', async () => {
    const [sentence = '', ...more] = await told('total');
    expect(sentence).toContain("found this window's database damaged");
    expect(sentence).toContain('put back from');
    expect(more).toEqual([]);
  });

  it('is not said of one that was made for the first time', async () => {
    expect(await told('none')).toEqual([]);
  });
});

describe('append', () => {
  it('puts events, moves the head and sums up the call together', async () => {
    const { store, raw } = openNew();
    const events = await makeEvents(stream, 3);
    expect(await store.writer.append(events)).toEqual({ ok: true, value: headOf(events) });
    await raw.open();
    expect(await raw.events.count()).toBe(3);
    expect(await raw.streams.get(stream)).toMatchObject({ seq: 3, acked: 0, role: 'current' });
    expect(await raw.calls.count()).toBe(1);
  });

  it('leaves nothing behind when its transaction is aborted, and says why', async () => {
    const { store, raw, databases } = openNew();
    const events = await makeEvents(stream, 3);
    databases.failWrites = new DOMException('full', 'QuotaExceededError');
    expect(await store.writer.append(events)).toMatchObject({ ok: false, error: { code: 'store.full' } });
    await raw.open();
    expect(await raw.events.count()).toBe(0);
    expect(await raw.streams.count()).toBe(0);
    databases.failWrites = undefined;
    expect((await store.writer.append(events)).ok).toBe(true);
  });

  it('takes the same events again as a success', async () => {
    const { store, raw } = openNew();
    const events = await makeEvents(stream, 4);
    await store.writer.append(events.slice(0, 3));
    expect(await store.writer.append(events)).toEqual({ ok: true, value: headOf(events) });
    await raw.open();
    expect(await raw.events.count()).toBe(4);
  });

  it('refuses a gap, another event under a number that is taken, and a mixture of streams', async () => {
    const { store } = openNew();
    const events = await makeEvents(stream, 4);
    const other = await makeEvents(stream, 2, undefined, 'other');
    const [second, third, fourth] = [events[1], other[1], events[3]] as [Envelope, Envelope, Envelope];
    expect(await store.writer.append([second])).toMatchObject({ ok: false, error: { code: 'store.gap' } });
    await store.writer.append(events.slice(0, 2));
    expect(await store.writer.append([third])).toMatchObject({ ok: false, error: { code: 'store.fork' } });
    expect(await store.writer.append([fourth])).toMatchObject({ ok: false, error: { code: 'store.gap' } });
    const foreign = { ...(events[2] as Envelope), stream: streamId.parse(v7()) };
    expect(await store.writer.append([events[2] as Envelope, foreign])).toMatchObject({
      ok: false,
      error: { code: 'store.wrongStream', field: 'events.1.stream' },
    });
    expect(await store.writer.append([])).toMatchObject({ ok: false, error: { code: 'store.empty' } });
  });
});

describe('acknowledge', () => {
  it('keeps receipts and acked together, and never lets acked shrink', async () => {
    const { store, databases } = openNew();
    const events = await makeEvents(stream, 3);
    await store.writer.append(events);
    const receipt = { n: 7, stream, from: 1, to: 3, hash: headOf(events).hash, at: 1 };
    expect((await store.writer.acknowledge(stream, 3, [receipt])).ok).toBe(true);
    await store.writer.acknowledge(stream, 1, []);
    const rows = await store.reader.streams();
    expect(rows.ok && rows.value[0]?.acked).toBe(3);
    expect(await store.reader.newestReceipt()).toEqual({ ok: true, value: receipt });
    databases.failWrites = new DOMException('full', 'QuotaExceededError');
    expect(await store.writer.acknowledge(stream, 3, [{ ...receipt, n: 8 }])).toMatchObject({ ok: false });
    databases.failWrites = undefined;
    expect(await store.reader.newestReceipt()).toEqual({ ok: true, value: receipt });
  });

  it('knows nothing of a stream that is not there', async () => {
    const { store } = openNew();
    expect(await store.writer.acknowledge(stream, 1, [])).toMatchObject({
      error: { code: 'store.noStream' },
    });
  });
});

describe('reading', () => {
  it('names a row that is not an event by its key, and gives the others', async () => {
    const { store, raw } = openNew();
    const events = await makeEvents(stream, 3);
    await store.writer.append(events);
    await raw.open();
    await raw.events.put({ ...(events[1] as Envelope), author: 'nobody' } as never);
    const page = await store.reader.batch(stream, 0, 10);
    expect(page.ok && page.value.events.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(page.ok && page.value.broken).toMatchObject([{ stream, seq: 2, problem: { field: 'author' } }]);
  });

  it('makes an unreadable stream row again from its events', async () => {
    const { store, raw } = openNew();
    const events = await makeEvents(stream, 3);
    await store.writer.append(events);
    await raw.open();
    await raw.streams.put({ stream, seq: 'three' } as never);
    const rows = await store.reader.streams();
    expect(rows.ok && rows.value).toEqual([{ stream, ...headOf(events), acked: 0, role: 'earlier' }]);
  });

  it('is refused in words once a newer Lantern has taken the database over', async () => {
    const { store, told, storage } = openNew();
    await store.open();
    await new Promise((resolve, reject) => {
      const request = storage.open('lantern-test', 999);
      request.addEventListener('success', () => resolve(request.result.close()));
      request.addEventListener('error', () => reject(new Error('not opened')));
    });
    expect(told.join(' ')).toContain('newer Lantern');
    expect(await store.reader.streams()).toMatchObject({ ok: false, error: { code: 'store.outdated' } });
  });

  it('opens again by itself after the browser closed or deleted the database', async () => {
    const { store, storage } = openNew();
    await store.writer.append(await makeEvents(stream, 2));
    const request = storage.deleteDatabase('lantern-test');
    await new Promise((resolve) => request.addEventListener('success', resolve));
    expect(await store.reader.streams()).toEqual({ ok: true, value: [] });
    expect((await store.writer.append(await makeEvents(stream, 2))).ok).toBe(true);
  });
});

it('makes one stream the current one and all others earlier', async () => {
  const { store } = openNew();
  const next = streamId.parse(v7());
  await store.writer.append(await makeEvents(stream, 2));
  await store.writer.makeCurrent(next);
  const rows = await store.reader.streams();
  const roles = new Map(rows.ok ? rows.value.map(({ stream: id, role }) => [id, role]) : []);
  expect(roles).toEqual(
    new Map([
      [stream, 'earlier'],
      [next, 'current'],
    ]),
  );
});
