import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type HubLimits } from '../../hub/deps.ts';
import { type TestDesk } from './support/desk.ts';
import { newStream, notes, sealed } from './support/events.ts';
import { NOON, refused, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';

let hub: TestHub | undefined;
afterEach(async () => {
  await hub?.close();
  hub = undefined;
});

async function hubWith(limits: Partial<HubLimits>): Promise<{ hub: TestHub; desk: TestDesk; port: number }> {
  hub = await startHub({ limits: { ...DEFAULT_LIMITS, ...limits } });
  const desk = await hub.enrolled();
  const port = Number(new URL(await hub.app.listen({ host: '127.0.0.1', port: 0 })).port);
  return { hub, desk, port };
}

const batchOf = async (desk: TestDesk) => {
  const stream = newStream();
  return { stream, events: await sealed(notes(20), { stream, desk: desk.id, at: NOON }) };
};

/** Keeps every intake of the hub waiting until the answer is called. */
async function holdAll(from: TestHub): Promise<() => Promise<void>> {
  const client = await from.database.another().connect();
  await client.query('BEGIN; LOCK TABLE events IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await client.query('COMMIT');
    client.release();
  };
}

test('a desk with many batches at once is told 429 and when to come back; another desk is not', async () => {
  const { hub, desk } = await hubWith({ intakesPerDesk: 2 });
  const other = await hub.enrolled();
  const release = await holdAll(hub);
  const batches = await Promise.all(Array.from({ length: 5 }, () => batchOf(desk)));
  const mine = await batchOf(other);
  const sending = batches.map(({ stream, events }) => hub.push(desk, stream, 1, events));
  const theirs = hub.push(other, mine.stream, 1, mine.events);
  // Three of the five are refused at once, while the others wait for the database.
  const early = await Promise.race([Promise.any(sending), theirs]);
  expect(refused(early)).toEqual({ status: 429, code: 'hub.tooManyAtOnce', field: '(whole)' });
  expect(early.headers['retry-after']).toBe('1');
  // On a busy machine the last of them arrives late: none is let in before all three were refused.
  let answered = 0;
  for (const answer of sending) void answer.then(() => (answered += 1));
  await expect.poll(() => answered, { timeout: 30_000 }).toBe(3);
  await release();
  const answers = await Promise.all(sending);
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 200, 429, 429, 429]);
  expect(taken(await theirs).acked).toBe(20);
  expect((await hub.app.inject('/v1/health/counts')).json()).toMatchObject({
    batches: 3,
    refused: { 'hub.tooManyAtOnce': 3 },
  });
});

test('a sender too slow with its headers, or with its body, is cut off and gives its place back', async () => {
  const { hub, desk, port } = await hubWith({
    headersMs: 300,
    requestMs: 600,
    intakesAtOnce: 1,
    intakesWaiting: 0,
  });
  const authorization = `Bearer ${await desk.assertion(NOON)}`;
  const slow = [
    'GET /v1/health/live HTTP/1.1\r\nHost: hub\r\nX-Slow: ',
    `POST /v1/streams/${newStream()}/events HTTP/1.1\r\nHost: hub\r\nAuthorization: ${authorization}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"v":1,',
  ];
  for (const begin of slow) {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    socket.on('error', () => undefined);
    socket.write(begin);
    await once(socket, 'close');
    expect(said).toContain('408');
  }
  const { stream, events } = await batchOf(desk);
  let answer = await hub.push(desk, stream, 1, events);
  while (answer.status === 503) answer = await hub.push(desk, stream, 1, events);
  expect(taken(answer).acked).toBe(20);
});

test('stopping answers the batches under way, and everybody else is told to come back', async () => {
  const { hub, desk, port } = await hubWith({});
  const release = await holdAll(hub);
  const { stream, events } = await batchOf(desk);
  const url = `http://127.0.0.1:${port}/v1/streams/${stream}/events`;
  const post = async () =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await desk.assertion(NOON)}` },
      body: JSON.stringify({ v: 1, from: 1, events }),
    });
  const underWay = post();
  // It is under way once PostgreSQL has it waiting for the lock.
  const waiting = `SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO events%'`;
  const looker = hub.database.another();
  while ((await looker.query(waiting)).rowCount === 0);
  const closing = hub.app.close();
  await release();
  const answer = await underWay;
  expect([answer.status, ((await answer.json()) as { acked: number }).acked]).toEqual([200, 20]);
  await closing;
  expect(await storedEvents(hub.database, stream)).toHaveLength(20);
  await expect(post()).rejects.toThrow();
});

test('a statement that takes too long is stopped, and its sender asked to come back', async () => {
  const { hub, desk } = await hubWith({});
  const release = await holdAll(hub);
  const { stream, events } = await batchOf(desk);
  await hub.database.pool.query(
    `ALTER ROLE CURRENT_USER IN DATABASE ${databaseName(hub)} SET lock_timeout = '200ms'`,
  );
  const second = await hub.second();
  const answer = await second.push(desk, stream, 1, events);
  expect(refused(answer)).toMatchObject({ status: 503, code: 'hub.databaseAway' });
  expect(answer.headers['retry-after']).toBe('2');
  await release();
  expect(taken(await second.push(desk, stream, 1, events)).acked).toBe(20);
});

const databaseName = (of: TestHub): string => new URL(of.database.url).pathname.slice(1);
