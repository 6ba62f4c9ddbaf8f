import { type z } from 'zod';
import { buildApp } from '../../../hub/app.ts';
import { DEFAULT_LIMITS, UNNAMED_SENDER, type HubApp, type HubDeps } from '../../../hub/deps.ts';
import { nodeDigest } from '../../../hub/digest.ts';
import { createLog } from '../../../hub/log.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type CallId, type StreamId } from '../../../shared/ids.ts';
import { pushResponse, refusal } from '../../../shared/sync/protocol.ts';
import { hubDatabase, type TestDatabase } from './database.ts';
import { acceptedCode, makeDesk, type TestDesk } from './desk.ts';

/** A hub application on a database of its own, with a clock that stands where the test puts it. */
export interface TestHub {
  readonly app: HubApp;
  readonly database: TestDatabase;
  readonly clock: { at: number };
  readonly changed: CallId[];
  /** Lines of the log, as they would be written. */
  readonly logged: string[];
  /** A desk enrolled through the door. */
  enrolled(): Promise<TestDesk>;
  push(desk: TestDesk, stream: StreamId, from: number, events: readonly unknown[]): Promise<Answer>;
  get(desk: TestDesk, url: string): Promise<Answer>;
  post(desk: TestDesk, url: string, body: object): Promise<Answer>;
  /** A second application on the same database, as another hub process. */
  second(): Promise<TestHub>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: unknown;
}

/** A Saturday evening. */
export const NOON = Date.UTC(2026, 10, 21, 12);

export async function startHub(overrides: Partial<HubDeps> = {}, database?: TestDatabase): Promise<TestHub> {
  return hubOn(database ?? (await hubDatabase()), overrides, { at: NOON });
}

async function hubOn(
  database: TestDatabase,
  overrides: Partial<HubDeps>,
  clock: { at: number },
): Promise<TestHub> {
  const changed: CallId[] = [];
  const logged: string[] = [];
  const app = await buildApp({
    pool: database.pool,
    clock: { now: () => clock.at },
    digest: nodeDigest,
    limits: DEFAULT_LIMITS,
    sender: UNNAMED_SENDER,
    log: createLog('debug', { write: (line: string) => void logged.push(line) }),
    callsChanged: (calls) => void changed.push(...calls),
    ...overrides,
  });
  const others: TestHub[] = [];

  async function ask(desk: TestDesk, method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer> {
    const authorization = `Bearer ${await desk.assertion(clock.at)}`;
    const response = await app.inject({
      method,
      url,
      headers: { authorization },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: response.statusCode, headers: response.headers, body: response.json() };
  }

  return {
    app,
    database,
    clock,
    changed,
    logged,
    async enrolled() {
      const desk = await makeDesk();
      const code = await acceptedCode(database.pool, clock.at + 60_000);
      const payload = { v: 1, code, desk: desk.id, name: 'Desk in a test', publicKey: desk.publicKey };
      const response = await app.inject({ method: 'POST', url: '/v1/desks', payload });
      if (response.statusCode !== 200) throw new Error(response.body);
      return desk;
    },
    push: (desk, stream, from, events) =>
      ask(desk, 'POST', `/v1/streams/${stream}/events`, { v: 1, from, events }),
    get: (desk, url) => ask(desk, 'GET', url),
    post: (desk, url, body) => ask(desk, 'POST', url, body),
    async second() {
      const hub = await hubOn(database, { ...overrides, pool: database.another() }, clock);
      others.push(hub);
      return hub;
    },
    async close() {
      await Promise.all([app, ...others.map((hub) => hub.app)].map((each) => each.close()));
      await database.drop();
    },
  };
}

/** The answer of a push that was taken in. */
export function taken(answer: Answer): z.infer<typeof pushResponse> {
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return pushResponse.parse(answer.body);
}

/** Code and field of a refusal, with its status. */
export function refused(answer: Answer): { status: number; code: string; field: string } {
  const { error } = refusal.parse(answer.body);
  return { status: answer.status, code: error.code, field: error.field };
}

/** Event texts as stored, in order of their numbers. */
export async function storedEvents(database: TestDatabase, stream: StreamId): Promise<Envelope[]> {
  const { rows } = await database.pool.query<{ event: string }>(
    'SELECT event FROM events WHERE stream = $1 ORDER BY seq',
    [stream],
  );
  return rows.map((row) => JSON.parse(row.event) as Envelope);
}
