import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCheckState, readUnchecked } from '../../hub/db/call-rows.ts';
import { checkCall } from '../../hub/intake/replay-check.ts';
import { replay } from '../../shared/call/replay.ts';
import { contentByVersion, currentContent } from '../../shared/content/packs.ts';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, sealed } from './support/events.ts';
import { NOON, startHub, type TestHub } from './support/hub.ts';

const replayer = { replay, contentByVersion };
const version = currentContent().manifest.version;
let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

const offered = {
  type: 'call.offered' as const,
  data: { channel: 'phone' as const, source: 'handler' as const },
};
const answered = { type: 'call.answered' as const, data: {} };
const closed = { type: 'call.closed' as const, data: { outcome: '01' as const } };

describe('the replay check', () => {
  test('flags what the machine would not have allowed, once, and nothing in a good call', async () => {
    const stream = newStream();
    const call = newCall();
    const events = await sealed([offered, answered, closed], {
      stream,
      desk: desk.id,
      at: NOON,
      call,
      content: version,
    });
    await hub.push(desk, stream, 1, events);
    expect(await readUnchecked(hub.database.pool, 10)).toContain(call);
    await checkCall(hub.database.pool, call, replayer, NOON);
    await checkCall(hub.database.pool, call, replayer, NOON + 1);
    const { body } = await hub.get(desk, `/v1/streams/${stream}/flags`);
    expect(body).toMatchObject({ items: [{ seq: 3, kind: 'notAllowed' }], next: null });
    expect((body as { items: { detail: string }[] }).items[0]?.detail).not.toBe('');
    expect(await readUnchecked(hub.database.pool, 10)).not.toContain(call);
  });

  test('takes a call up again when it has new events', async () => {
    const stream = newStream();
    const call = newCall();
    const events = await sealed([offered, answered, answered], {
      stream,
      desk: desk.id,
      at: NOON,
      call,
      content: version,
    });
    await hub.push(desk, stream, 1, events.slice(0, 2));
    await checkCall(hub.database.pool, call, replayer, NOON);
    expect(await readUnchecked(hub.database.pool, 10)).not.toContain(call);
    await hub.push(desk, stream, 3, events.slice(2));
    expect(await readUnchecked(hub.database.pool, 10)).toContain(call);
    await checkCall(hub.database.pool, call, replayer, NOON);
    const { body } = await hub.get(desk, `/v1/streams/${stream}/flags`);
    expect(body).toMatchObject({ items: [{ seq: 3, kind: 'notAllowed' }] });
  });

  test('leaves a call with content this hub does not have unflagged and unchecked, and counts it', async () => {
    const own = await startHub();
    const one = await own.enrolled();
    const stream = newStream();
    const call = newCall();
    const events = await sealed([closed, closed], {
      stream,
      desk: one.id,
      at: NOON,
      call,
      content: 'next year \0',
    });
    await own.push(one, stream, 1, events);
    const ready = async () => (await own.app.inject('/v1/health/ready')).json() as unknown;
    expect(await ready()).toMatchObject({ ready: true, replay: { waiting: 1, unknownContent: 0 } });
    await checkCall(own.database.pool, call, replayer, NOON);
    expect(await ready()).toMatchObject({ ready: true, replay: { waiting: 0, unknownContent: 1 } });
    expect((await own.get(one, `/v1/streams/${stream}/flags`)).body).toMatchObject({ items: [] });
    // A hub that has the content later does it then.
    const later = { replay, contentByVersion: () => currentContent() };
    await checkCall(own.database.pool, call, later, NOON);
    expect(await readCheckState(own.database.pool)).toEqual({ waiting: 0, unknownContent: 0 });
    expect((await own.get(one, `/v1/streams/${stream}/flags`)).body).toMatchObject({
      items: [{ seq: 1, kind: 'notAllowed' }, { seq: 2 }],
    });
    await own.close();
  });

  test('does nothing for a call nobody has sent', async () => {
    await expect(checkCall(hub.database.pool, newCall(), replayer, NOON)).resolves.toBeUndefined();
  });
});
