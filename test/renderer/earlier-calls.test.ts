import { IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type EarlierAsk } from '../../renderer/call/desk.ts';
import { openStore } from '../../renderer/store/store.ts';
import { currentContent } from '../../shared/content/packs.ts';
import { EMPTY_HEAD, type Head } from '../../shared/events/chain.ts';
import { type Envelope, type Happening } from '../../shared/events/event.ts';
import { callId, type CallId, deskId } from '../../shared/ids.ts';
import { newStream, sealed } from '../hub/support/events.ts';
import { testSealer } from '../support/sealers.ts';
import { processDatabases } from './support/process-indexeddb.ts';
import { createWorld } from './support/world.ts';

const sealer = await testSealer();
const HOUR = 3_600_000;
const BEGAN = Date.UTC(2026, 8, 1);
const COUNT = 260;
const short: Happening[] = [
  { type: 'call.offered', data: { channel: 'phone', source: 'handler' } },
  { type: 'call.answered', data: {} },
  { type: 'call.closed', data: { outcome: '98' } },
];

/** A desk with more calls than it shows: one an hour, oldest first. */
async function fullDesk() {
  const world = await createWorld();
  const databases = processDatabases(world.storage, FakeKeyRange);
  const store = openStore('test', databases.indexedDb, sealer, {
    say: () => undefined,
    hold: () => undefined,
  });
  const stream = newStream();
  const desk = deskId.parse(v7());
  const content = currentContent().manifest.version;
  const calls: CallId[] = [];
  const all: Envelope[] = [];
  let head: Head = EMPTY_HEAD;
  for (let n = 0; n < COUNT; n++) {
    const at = BEGAN + n * HOUR;
    const call = callId.parse(v7({ msecs: at }));
    const events = await sealed(short, { stream, desk, at, call, content, head, author: 'demo-handler' });
    all.push(...events);
    head = events.at(-1) ?? head;
    calls.push(call);
  }
  await store.writer.append(all);
  store.close();
  const { desk: running } = await world.start();
  await world.until(() => running.calls().length >= 200);
  await world.settle();
  /** Loading pauses for the screen: under the virtual clock somebody has to let time pass. */
  const ask = async (what: EarlierAsk) => {
    const asked = running.earlierCalls(what, 50);
    await world.advance(1_000);
    return asked;
  };
  return { desk: running, calls, ask };
}

describe('calls beyond the newest', () => {
  it('are not read at start, and are found page by page, by their day and by their number', async () => {
    const { desk, calls, ask } = await fullDesk();
    expect(desk.calls()).toHaveLength(200);
    const oldest = calls[0];
    if (oldest === undefined) throw new Error('no call');
    expect(desk.call(oldest)).toBeUndefined();

    const page = await ask({ by: 'day', from: 0, to: BEGAN + (COUNT - 200) * HOUR });
    if ('why' in page) throw new Error(page.why);
    expect(page.isMore).toBe(true);
    expect(page.calls.map(({ call }) => call)).toEqual(calls.slice(10, 60).toReversed());
    const before = page.calls.at(-1)?.firstAt ?? 0;
    const last = await ask({ by: 'day', from: 0, to: before });
    expect(last).toMatchObject({ isMore: false });
    expect('calls' in last && last.calls.map(({ call }) => call)).toEqual(calls.slice(0, 10).toReversed());

    const ofDay = await ask({ by: 'day', from: BEGAN, to: BEGAN + 24 * HOUR });
    expect('calls' in ofDay && ofDay.calls).toHaveLength(24);
    const byNumber = await ask({ by: 'number', part: oldest.slice(-12) });
    expect('calls' in byNumber && byNumber.calls.map(({ call }) => call)).toEqual([oldest]);
    expect(desk.call(oldest)?.events.map(({ type }) => type)).toContain('call.answered');
    expect(desk.call(oldest)?.resumed).toBe(false);
  });
});
