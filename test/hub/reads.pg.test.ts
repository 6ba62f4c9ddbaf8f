import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from '../../hub/db/pool.ts';
import { callEventsPage } from '../../shared/sync/protocol.ts';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, notes, sealed } from './support/events.ts';
import { NOON, refused, startHub, taken, type TestHub } from './support/hub.ts';

let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

describe('the events of a call', () => {
  test('are given in the hub’s order across the streams of two desks, page by page', async () => {
    const other = await hub.enrolled();
    const call = newCall();
    const [mine, theirs] = [newStream(), newStream()];
    const first = await sealed(notes(5), { stream: mine, desk: desk.id, at: NOON, call });
    const second = await sealed(notes(3, 'taken over'), { stream: theirs, desk: other.id, at: NOON, call });
    await hub.push(desk, mine, 1, first.slice(0, 3));
    await hub.push(other, theirs, 1, second);
    await hub.push(desk, mine, 4, first.slice(3));
    const expected = [...first.slice(0, 3), ...second, ...first.slice(3)];

    const read = [];
    let after = 0;
    for (;;) {
      // Any enrolled desk may read a call: it may have to go on with it.
      const answer = await hub.get(other, `/v1/calls/${call}/events?after=${after}&limit=3`);
      const page = callEventsPage.parse(answer.body);
      read.push(...page.events.map((item) => item.event));
      if (page.next === null) break;
      after = page.next;
    }
    expect(read).toEqual(expected);
  });

  test('are none for a call nobody has sent', async () => {
    const answer = await hub.get(desk, `/v1/calls/${newCall()}/events`);
    expect(answer).toMatchObject({ status: 200, body: { events: [], next: null } });
  });
});

test('flags and quarantine are given page by page', async () => {
  const stream = newStream();
  const events = await sealed(notes(4), { stream, desk: desk.id, at: NOON - 48 * 3_600_000 });
  taken(await hub.push(desk, stream, 1, [...events, 'junk 5', 'junk 6', 'junk 7']));
  const all = async (list: 'flags' | 'quarantine'): Promise<unknown[]> => {
    const items: unknown[] = [];
    for (let after = 0; ;) {
      const { body } = await hub.get(desk, `/v1/streams/${stream}/${list}?after=${after}&limit=2`);
      const page = body as { items: { seq: number }[]; next: number | null };
      items.push(...page.items.map((item) => item.seq));
      if (page.next === null) return items;
      after = page.next;
    }
  };
  expect(await all('flags')).toEqual([1, 2, 3, 4]);
  expect(await all('quarantine')).toEqual([5, 6, 7]);
});

describe('health', () => {
  test('is live while the process is up and ready while the database answers with this hub’s schema', async () => {
    const live = await hub.app.inject('/v1/health/live');
    expect([live.statusCode, live.json()]).toEqual([200, { live: true }]);
    const ready = await hub.app.inject('/v1/health/ready');
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toMatchObject({ ready: true, database: 'answers', migrations: 'current' });
  });

  test('is not ready on a database that a newer hub has changed, or that is away', async () => {
    const own = await startHub();
    await own.database.pool.query(
      "INSERT INTO schema_migrations (number, name, sha256) VALUES (9999, '9999-later.sql', 'x')",
    );
    const behind = await own.app.inject('/v1/health/ready');
    expect([behind.statusCode, behind.json()]).toMatchObject([503, { ready: false, migrations: 'behind' }]);
    await own.close();
  });
});

describe('a database that is away', () => {
  test('is said by readiness and asks desks to come back; the process stays up', async () => {
    // Nothing listens on port 1.
    const options = { max: 1, statementTimeoutMs: 1_000, onError: () => undefined };
    const pool = createPool('postgres://nobody@127.0.0.1:1/none', options);
    const away = await startHub({ pool });
    const ready = await away.app.inject('/v1/health/ready');
    expect([ready.statusCode, ready.json()]).toMatchObject([503, { ready: false, database: 'away' }]);
    const answer = await away.push(desk, newStream(), 1, ['anything']);
    expect(refused(answer)).toMatchObject({ status: 503, code: 'hub.databaseAway' });
    expect(answer.headers['retry-after']).toBe('2');
    expect((await away.app.inject('/v1/health/live')).statusCode).toBe(200);
    await pool.end();
    await away.close();
  });
});

test('the description of the protocol names every route and comes from the schemas', async () => {
  const response = await hub.app.inject('/v1/openapi.json');
  const description = response.json() as { openapi: string; paths: Record<string, object> };
  expect(description.openapi).toBe('3.1.0');
  expect(Object.keys(description.paths)).toEqual([
    '/v1/health/live',
    '/v1/health/ready',
    '/v1/health/counts',
    '/v1/desks',
    '/v1/referrals/keys',
    '/v1/referrals/{referral}/answer',
    '/v1/session',
    '/v1/streams/{stream}/events',
    '/v1/streams/{stream}',
    '/v1/streams/{stream}/flags',
    '/v1/streams/{stream}/quarantine',
    '/v1/calls/{call}/events',
    '/v1/calls/{call}/lease',
    '/v1/calls/{call}/lease/renew',
    '/v1/calls/{call}/lease/release',
    '/v1/streams/{stream}/claim',
    '/v1/calls',
    '/v1/directory',
    '/v1/directory/flags',
    '/v1/directory/reports',
    '/v1/referrals',
  ]);
  const text = JSON.stringify(description.paths['/v1/streams/{stream}/events']);
  for (const word of ['acked', 'receipts', 'quarantined', 'from', 'error']) expect(text).toContain(word);
});
