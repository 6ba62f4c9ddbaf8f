import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { expect, it, onTestFinished } from 'vitest';
import { Dexie } from 'dexie';
import { openStore } from '../../renderer/store/store.ts';
import { testSealer } from '../support/sealers.ts';
import { makeEvents, newStreamId } from '../main/support/events.ts';

/** Dexie opens a database of a newer version than it declares, and writes to it. A newer Lantern's rows are not ours. */
it('a database that a newer Lantern made is refused, in words, and not written to', async () => {
  const indexedDB = new FakeFactory();
  const newer = new Dexie('lantern-test', { indexedDB, IDBKeyRange: FakeKeyRange });
  newer.version(99).stores({
    events: '[stream+seq], call',
    streams: 'stream',
    receipts: 'n, stream',
    calls: 'call, state, firstAt',
    damaged: '++n',
    aside: '[stream+seq+hash]',
    other: 'id',
  });
  await newer.open();
  newer.close();
  const told: string[] = [];
  const keyRange = FakeKeyRange;
  const store = openStore('test', { factory: indexedDB, keyRange }, await testSealer(), {
    say: (sentence) => told.push(sentence),
    hold: () => undefined,
  });
  onTestFinished(() => store.close());
  const events = await makeEvents(newStreamId(), 2);
  expect(await store.writer.append(events)).toMatchObject({ ok: false, error: { code: 'store.outdated' } });
  expect(told.join(' ')).toContain('newer Lantern');
  await newer.open();
  expect(await newer.table('events').count()).toBe(0);
  newer.close();
});
