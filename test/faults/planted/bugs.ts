import { v7 } from 'uuid';
import { EMPTY_HEAD, type Head, seal } from '../../../shared/events/chain.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { streamId } from '../../../shared/ids.ts';
import { ok } from '../../../shared/result.ts';
import { runsOf } from '../../../shared/sync/purge.ts';
import { type PushResponse, type SentItem } from '../../../shared/sync/protocol.ts';
import { createMemoryStore } from '../../hub/support/memory-store.ts';
import { digest } from '../../support/digest.ts';
import { type Habits } from '../habits.ts';
import { never } from '../world/life.ts';
import { madeUp, pushing, pushOnly } from './wire.ts';

/** A mistake that others have made, or that one could make here, put around the product's ports. */
export interface Planted {
  readonly name: string;
  /** New for every run: a bug may remember things. */
  readonly habits: () => Habits;
  /** Seeds that may be needed to find it, at most. */
  readonly within: number;
}

/** So few that the unit tests look for it as well. */
export const FEW = 40;
const MANY = 2_000;

export const PLANTED: readonly Planted[] = [
  {
    name: 'the database answers COMMIT before its disk has it',
    habits: () => ({ database: { flushLagMs: 5_000 } }),
    within: MANY,
  },
  {
    name: 'the hub sends the receipt before it commits',
    habits: () => ({
      store: (store, state, timers) => {
        const early = async <T>(
          work: (fork: typeof store) => Promise<T>,
          real: () => Promise<unknown>,
        ): Promise<T> => {
          const value = await work(createMemoryStore({ from: state() }));
          timers.after(400, () => void real().catch(() => undefined));
          return value;
        };
        return {
          transaction: (work) =>
            early(
              (fork) => fork.transaction(work),
              () => store.transaction(work),
            ),
          append: (write, at) =>
            early(
              (fork) => fork.append(write, at),
              () => store.append(write, at),
            ),
        };
      },
    }),
    within: FEW,
  },
  {
    name: 'a standby that lags one commit takes over',
    habits: () => ({ database: { standbyLag: 1 } }),
    within: MANY,
  },
  {
    name: 'relaxed durability in IndexedDB',
    habits: () => ({ storage: { durability: 'relaxed' } }),
    within: FEW,
  },
  {
    name: 'a put’s onsuccess is taken for the commit, not the transaction’s oncomplete',
    habits: () => ({ storage: { believesSuccess: true } }),
    within: FEW,
  },
  { name: 'a quota error is swallowed', habits: () => ({ storage: { swallowsQuota: true } }), within: FEW },
  {
    name: 'the journal is written without fsync',
    habits: () => ({ syncFile: () => undefined }),
    within: FEW,
  },
  {
    name: 'a file is replaced by deleting it and writing it again',
    habits: () => ({ replacesByDeleting: true }),
    within: MANY,
  },
  {
    name: 'a draft is kept only every two seconds',
    habits: () => ({
      drafts: (drafts, timers) => ({
        ...drafts,
        async save(draft) {
          timers.after(2_000, () => void drafts.save(draft));
          return Promise.resolve(ok({}));
        },
      }),
    }),
    within: FEW,
  },
  {
    name: 'a draft loses its author',
    habits: () => ({ drafts: (drafts) => ({ ...drafts, save: (draft) => drafts.save(draft) }) }),
    within: FEW,
  },
  {
    name: 'the light goes by what was sent, not by a receipt',
    habits: () => ({
      link: pushing((batch, push) => {
        void push(batch);
        return Promise.resolve(madeUp(batch));
      }),
    }),
    within: FEW,
  },
  {
    name: 'a refused batch (4xx) is dropped from the queue',
    habits: () => ({
      link: pushing(async (batch, push) => {
        const pushed = await push(batch);
        return !pushed.ok && pushed.error.code === 'hub.refused' ? madeUp(batch) : pushed;
      }),
    }),
    within: MANY,
  },
  {
    name: 'the checkpoint moves on although the push failed',
    habits: () => ({
      link: pushing(async (batch, push) => {
        const pushed = await push(batch);
        return pushed.ok ? pushed : madeUp(batch);
      }),
    }),
    within: FEW,
  },
  {
    name: 'the queue is forgotten at a restart',
    habits: () => ({
      link: (link, { journal }) => {
        let asked = 0;
        return {
          ...link,
          async head(stream) {
            // At a start the hub is asked twice: whether to write on, and where to send from.
            const opened = (asked += 1) > 2 ? undefined : await journal.open();
            if (opened?.ok !== true || opened.value.head.seq === 0) return link.head(stream);
            return ok({ stream, acked: opened.value.head.seq, hash: opened.value.head.hash });
          },
        };
      },
    }),
    within: FEW,
  },
  {
    name: 'numbers begin again after a restart',
    habits: () => ({
      link: (link) => {
        let sent = 0;
        return pushing((batch, push) => {
          const events = batch.events.map((event) => ({ ...event, seq: (sent += 1) }));
          return push({ ...batch, from: events[0]?.seq ?? 1, events }).then((pushed) =>
            pushed.ok ? madeUp(batch) : pushed,
          );
        })(link);
      },
    }),
    within: FEW,
  },
  {
    name: 'retrying is given up after ten failures',
    habits: () => ({
      link: (link) => {
        let failures = 0;
        return pushing(async (batch, push) => {
          if (failures >= 10) return never();
          const pushed = await push(batch);
          failures = pushed.ok ? 0 : failures + 1;
          return pushed;
        })(link);
      },
    }),
    within: MANY,
  },
  {
    name: 'one event that the hub doubts blocks everything behind it',
    habits: () => ({
      hubAnswer: (answer) =>
        ((answer.body ?? {}) as Partial<PushResponse>).flagged?.length ? { status: 400 } : answer,
    }),
    within: FEW,
  },
  {
    name: 'the next person’s sync deletes what an earlier person left unsent',
    habits: () => ({
      link: (link, { person }) =>
        pushing((batch, push) =>
          pushOnly(batch, push, (event) => 'lost' in event || event.author.id === person),
        )(link),
    }),
    within: MANY,
  },
  {
    name: 'the next person’s sync puts their name on what an earlier person left unsent',
    habits: () => ({
      link: (link, { person }) =>
        pushing((batch, push) =>
          push({
            ...batch,
            events: batch.events.map((event) =>
              'lost' in event ? event : { ...event, author: { ...event.author, id: person } },
            ),
          }),
        )(link),
    }),
    within: MANY,
  },
  {
    name: 'the hub’s number is taken past a gap',
    habits: () => ({
      hubAnswer: (answer, request) =>
        request.kind === 'push' && answer.status === 200
          ? {
              ...answer,
              body: { ...(answer.body as PushResponse), acked: request.from + request.events.length - 1 },
            }
          : answer,
    }),
    within: MANY,
  },
  {
    name: 'a retry after silence is a new message',
    habits: () => ({
      link: pushing(async (batch, push) => {
        const pushed = await push(batch);
        if (pushed.ok || pushed.error.code !== 'hub.away') return pushed;
        const again = await push(await rewritten(batch.events));
        return again.ok ? madeUp(batch) : pushed;
      }),
    }),
    within: FEW,
  },
  {
    name: 'a second window writes the same stream',
    habits: () => ({
      locks: () => ({
        take: () => Promise.resolve({ release: () => undefined }),
        whenFree: () => Promise.resolve(),
        die: () => undefined,
      }),
    }),
    within: FEW,
  },
  {
    name: 'a hub that was put back to an older copy is not noticed',
    habits: () => ({
      link: (link) => {
        const said = new Map<string, number>();
        return {
          ...link,
          head: (stream) => Promise.resolve(ok({ stream, acked: said.get(stream) ?? 0, hash: null })),
          async push(batch) {
            const pushed = await link.push(batch);
            if (pushed.ok) said.set(batch.stream, Math.max(pushed.value.acked, said.get(batch.stream) ?? 0));
            return pushed;
          },
        };
      },
    }),
    within: MANY,
  },
  {
    name: 'local copies are purged by their age alone, whether the hub has them or not',
    habits: () => ({
      purge(purge, { journal, timers }) {
        const byAge = async (): Promise<void> => {
          const page = await journal.read(0, 500);
          const events = page.ok ? page.value.events : [];
          const calls = [...Map.groupBy(events, ({ call }) => call)].map(([call, of]) => ({
            call,
            streams: runsOf(of),
          }));
          await journal.purge({ calls: calls.slice(0, 50), now: Number.MAX_SAFE_INTEGER, afterMs: 60_000 });
          timers.after(60_000, () => void byAge());
        };
        timers.after(60_000, () => void byAge());
        return purge;
      },
    }),
    within: FEW,
  },
];

/** The same events in a stream of their own. */
async function rewritten(events: readonly SentItem[]) {
  const stream = streamId.parse(v7());
  let head: Head = EMPTY_HEAD;
  const made: Envelope[] = [];
  for (const item of events) {
    if ('lost' in item) continue;
    const { seq: _seq, prev: _prev, hash: _hash, ...open } = item;
    const event = await seal({ ...open, stream }, head, digest);
    head = { seq: event.seq, hash: event.hash };
    made.push(event);
  }
  return { stream, from: 1, events: made };
}
