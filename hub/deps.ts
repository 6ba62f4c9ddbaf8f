import { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify';
import { type ZodTypeProvider } from 'fastify-type-provider-zod';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type CallId, type DeskId, type Digest } from '../shared/ids.ts';
import { MAX_BATCH_BYTES } from '../shared/sync/protocol.ts';
import { type Clock } from '../shared/time.ts';
import { type Counters } from './counters.ts';
import { type Pool } from './db/pool.ts';
import { type ClockLimits } from './intake/decide.ts';
import { type PersonCheck, type VerifiedPerson } from './people/check.ts';
import { type ReferralSender } from './referrals/keep.ts';

export interface HubLimits {
  /** Of a request's JSON, after unpacking. */
  readonly maxBodyBytes: number;
  /** Batches under way at once: fewer than the pool has connections, so that the rest of the hub goes on answering. */
  readonly intakesAtOnce: number;
  /** Batches that wait for that; one more is asked to come back. */
  readonly intakesWaiting: number;
  /** Of those, of one desk. A desk sends one after the other: more is a desk gone wrong. */
  readonly intakesPerDesk: number;
  /** A sender that is slower with its headers, or with its whole request, is cut off (ms). */
  readonly headersMs: number;
  readonly requestMs: number;
  readonly clock: ClockLimits;
}

const MINUTE_MS = 60_000;
export const DEFAULT_LIMITS: HubLimits = {
  maxBodyBytes: MAX_BATCH_BYTES,
  intakesAtOnce: 8,
  intakesWaiting: 64,
  intakesPerDesk: 4,
  headersMs: 10_000,
  requestMs: 30_000,
  // A desk may have been without a network for a whole day; its clock may run a little ahead.
  clock: { behindMs: 24 * 60 * MINUTE_MS, aheadMs: 5 * MINUTE_MS, deskMs: MINUTE_MS },
};

/** Where nobody has set who sends: said to be so in what a receiver gets. */
export const UNNAMED_SENDER: ReferralSender = {
  name: 'A crisis line (its name is not set at the hub)',
  ods: undefined,
  publicUrl: undefined,
};

/** Everything the HTTP application needs from outside. */
export interface HubDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly limits: HubLimits;
  readonly log: FastifyBaseLogger;
  /** How people are known; absent, nobody is asked who they are: a demonstration. */
  readonly people?: PersonCheck | undefined;
  /** Who sends referrals, as receivers are told. */
  readonly sender: ReferralSender;
  /** Told after COMMIT which calls have new events. */
  readonly callsChanged: (calls: readonly CallId[]) => void;
}

export type HubApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyInstance {
    counters: Counters;
  }
  interface FastifyRequest {
    /** The enrolled desk that signed this request; null on the few open routes. */
    desk: DeskId | null;
    /** What the assertion says about the person's token. */
    personHash: string | undefined;
    /** Who sits at the desk, once checked; null where nobody was asked or, for events, where nobody could be named. */
    person: VerifiedPerson | null;
    /** The source text of the JSON body. */
    bodyText: string;
  }
}
