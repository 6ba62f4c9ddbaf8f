import { type FastifyReply } from 'fastify';
import { z } from 'zod';
import { streamId, type DeskId, type StreamId } from '../../shared/ids.ts';
import { problemSchema } from '../../shared/problem.ts';
import {
  flag,
  MAX_BATCH_EVENTS,
  pushRequest,
  pushResponse,
  refusal,
  streamHead,
} from '../../shared/sync/protocol.ts';
import { utcMs } from '../../shared/time.ts';
import { deskOf } from '../auth/desks-only.ts';
import { sqlIntakeStore } from '../db/intake-store.ts';
import { pageFlags, pageQuarantine, readStream, type StreamState } from '../db/stream-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { createGate, type Gate } from '../intake/gate.ts';
import { eventSources } from '../intake/raw-items.ts';
import { readItem } from '../intake/read-item.ts';
import { notYours, takeIn } from '../intake/take-in.ts';
import { authorsBook } from '../people/authors.ts';
import { orRefuse, Refused, refusing, type Refusing } from '../refused.ts';
import { paging } from './paging.ts';

const params = z.object({ stream: streamId });
const refusals = { '4xx': refusal, '5xx': refusal } as const;
const security = [{ desk: [] }];

/** A page of a list ordered by `n`; `next` is what to ask `after` with, or null at the end. */
const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.int().nullable() });
const flagsPage = pageOf(flag);
const quarantinePage = pageOf(
  z.strictObject({ n: z.int(), seq: z.int(), problem: problemSchema, raw: z.string(), receivedAt: utcMs }),
);
/** The last number of a batch must still be a number that counts exactly. */
const body = pushRequest.extend({
  from: pushRequest.shape.from.max(Number.MAX_SAFE_INTEGER - 2 * MAX_BATCH_EVENTS),
});

export function streamRoutes(app: HubApp, deps: HubDeps): void {
  const { intakesAtOnce, intakesWaiting, intakesPerDesk } = deps.limits;
  const gate = createGate({ inside: intakesAtOnce, waiting: intakesWaiting, perDesk: intakesPerDesk });
  const store = sqlIntakeStore(deps.pool);
  // In a demonstration nobody signs in, so that nobody is a stranger.
  const authors = deps.people === undefined ? undefined : authorsBook(deps.pool);

  app.route({
    method: 'POST',
    url: '/v1/streams/:stream/events',
    // After the desk is known and before the body is read, so that waiting bodies take no memory.
    preParsing: async (request, reply) => takePlace(gate, deskOf(request), reply),
    schema: {
      summary: 'Sends events of one stream; always safe to send again',
      security,
      params,
      body,
      response: { 200: pushResponse, ...refusals },
    },
    handler: async (request) => {
      const { stream } = request.params;
      const { from, events, clock: deskClock } = request.body;
      const items = await Promise.all(
        events.map((event, index) => readItem(event, stream, from + index, deps.digest)),
      );
      const sources = (): readonly string[] => eventSources(request.bodyText);
      const desk = deskOf(request);
      const strangers = await authors?.strangers(desk, items);
      const batch = { stream, desk, from, deskClock, items, sources, strangers };
      const taken = orRefuse(await takeIn(store, batch, deps.clock.now(), deps.limits.clock));
      app.counters.answered(taken.answer);
      deps.callsChanged(taken.calls);
      return taken.answer;
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/streams/:stream',
    schema: {
      summary: 'Where the hub has a stream',
      security,
      params,
      response: { 200: streamHead, ...refusals },
    },
    handler: async (request) => {
      const { stream } = request.params;
      const found = await ownStream(deps, stream, deskOf(request));
      return { stream, acked: found?.acked ?? 0, hash: found?.headHash ?? null };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/streams/:stream/flags',
    schema: {
      summary: 'What the hub doubts in a stream',
      security,
      params,
      querystring: paging,
      response: { 200: flagsPage, ...refusals },
    },
    handler: async (request) => {
      const { stream } = request.params;
      const { after, limit } = request.query;
      await ownStream(deps, stream, deskOf(request));
      return pageFlags(deps.pool, stream, after, limit);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/streams/:stream/quarantine',
    schema: {
      summary: 'What came for a stream and could not be read as an event',
      security,
      params,
      querystring: paging,
      response: { 200: quarantinePage, ...refusals },
    },
    handler: async (request) => {
      const { stream } = request.params;
      const { after, limit } = request.query;
      await ownStream(deps, stream, deskOf(request));
      return pageQuarantine(deps.pool, stream, after, limit);
    },
  });
}

/** The stream, if it is there. Refuses another desk's: it tells about calls that are not this desk's. */
async function ownStream(deps: HubDeps, stream: StreamId, desk: DeskId): Promise<StreamState | undefined> {
  const found = await readStream(deps.pool, stream);
  if (found === undefined || found.desk === desk) return found;
  throw new Refused(notYours);
}

/** Waits for a place and holds it until the connection has been answered or has gone away. */
async function takePlace(gate: Gate, desk: DeskId, reply: FastifyReply): Promise<void> {
  const ticket = gate.enter(desk);
  if (ticket === 'busy') throw new Refused(busy);
  if (ticket === 'tooManyOfThisDesk') throw new Refused(tooMany);
  reply.raw.once('finish', () => ticket.leave());
  reply.raw.once('close', () => ticket.leave());
  // The line broke while the desk was being looked up: both events have been, and nobody would give the place back.
  if (reply.raw.closed || reply.raw.destroyed) ticket.leave();
  await ticket.ready;
}

const busy: Refusing = {
  ...refusing(503, 'hub.busy', '(whole)', 'the hub is taking in as much as it can: try again shortly'),
  retryAfterS: 1,
};
const tooMany: Refusing = {
  ...refusing(429, 'hub.tooManyAtOnce', '(whole)', 'this desk has several batches under way: wait for them'),
  retryAfterS: 1,
};
