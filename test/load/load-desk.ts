import { type Fetch } from '../../main/ports/host.ts';
import { openDeskIdentity } from '../../main/services/desk-identity.ts';
import { createHubLink } from '../../main/services/hub/link.ts';
import { uuidSource } from '../../main/services/node-system.ts';
import { createStreamSync, type StreamSync } from '../../renderer/sync/stream-sync.ts';
import { type Envelope, type Happening } from '../../shared/events/event.ts';
import { type DeskId, streamId, type StreamId } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { type PublicKeyJwk } from '../../shared/sync/protocol.ts';
import { type Clock, type Timers, type UtcMs } from '../../shared/time.ts';
import { sealedStream } from '../support/sealed-stream.ts';
import { testVault } from '../support/vault.ts';
import { memoryDisk } from './memory-disk.ts';

/** How often the hub answered a desk in which way. */
export interface Answers {
  pushed: number;
  busy: number;
  failed: number;
}

/**
 * A desk's way to the hub without its window: the real identity, link and sync engine. Only what it has written is
 * held in memory instead of in two copies on a disk.
 */
export interface LoadDesk {
  readonly desk: DeskId;
  readonly publicKey: PublicKeyJwk;
  readonly stream: StreamId;
  written(): number;
  acked(): number;
  /** The newest event's hash. */
  headHash(): string;
  /** The hub's receipts cover every number from 1 to here. */
  receipted(): number;
  /** Sentences a person would have been shown. */
  readonly told: readonly string[];
  readonly answers: Answers;
  /** Begins to send; `done` is called whenever the hub has everything there is. */
  connect(done: () => void): void;
  write(events: readonly Envelope[]): void;
  hubBack(): void;
  stop(): void;
}

export interface LoadDeskPorts {
  readonly url: URL;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  /** Told when a request to the hub begins, and called back when it has come to its end. */
  readonly asking?: () => () => void;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function makeLoadDesk(ports: LoadDeskPorts): Promise<LoadDesk> {
  const { url, fetch, clock, timers, random, asking = () => () => undefined } = ports;
  const disk = memoryDisk();
  const identity = await openDeskIdentity({
    folder: 'profile',
    disk,
    vault: testVault(),
    oldKeyStores: [],
    ids: uuidSource,
    clock,
    log: quiet,
  });
  const link = createHubLink({
    wire: { url, fetch, clock },
    timers,
    log: quiet,
    identity,
    deskName: 'Desk under load',
  });
  const stream = streamId.parse(uuidSource.next());
  const events: Envelope[] = [];
  const told: string[] = [];
  const answers: Answers = { pushed: 0, busy: 0, failed: 0 };
  let acked = 0;
  let receipted = 0;
  let sync: StreamSync | undefined;

  return {
    desk: identity.desk,
    publicKey: identity.publicKey,
    stream,
    written: () => events.length,
    acked: () => acked,
    headHash: () => events.at(-1)?.hash ?? '',
    receipted: () => receipted,
    told,
    answers,
    connect(done) {
      sync = createStreamSync({
        stream,
        durable: events.length,
        known: events.length,
        acked: 0,
        verified: false,
        ports: {
          read: (_stream, after, limit) => Promise.resolve(ok(events.slice(after, after + limit))),
          hashAt: (_stream, seq) => Promise.resolve(ok(events[seq - 1]?.hash)),
          async head(of) {
            const over = asking();
            const answer = await link.head(of);
            over();
            return answer;
          },
          async push(of, batch) {
            const over = asking();
            const answer = await link.push({ stream: of, from: batch[0]?.seq ?? 1, events: batch });
            if (answer.ok) answers.pushed += 1;
            else if (answer.error.code === 'hub.busy') answers.busy += 1;
            else answers.failed += 1;
            over();
            return answer;
          },
          keep(_stream, upTo, receipts) {
            acked = upTo;
            for (const { from, to } of receipts)
              if (from <= receipted + 1) receipted = Math.max(receipted, to);
            return Promise.resolve(ok(undefined));
          },
          timers,
          now: () => performance.now(),
          random,
        },
        on: {
          acked: (_stream, upTo) => {
            if (upTo === events.length) done();
          },
          forked: () => told.push('forked'),
          refused: (_stream, why) => {
            if (why !== undefined) told.push(why.code);
          },
          told: (sentence) => told.push(sentence),
        },
      });
    },
    write(more) {
      events.push(...more);
      sync?.durable(events.length);
    },
    hubBack: () => sync?.hubBack(),
    stop: () => sync?.stop(),
  };
}

/** So many events of whole calls for this desk's stream, sealed; `at` says when event n was made. */
export const eventsFor = (
  desk: LoadDesk,
  count: number,
  at: (n: number) => UtcMs,
  scripts: readonly (readonly Happening[])[],
  offset: number,
): Promise<Envelope[]> =>
  sealedStream({ stream: desk.stream, desk: desk.desk, count, at, scripts, ids: uuidSource, offset });
