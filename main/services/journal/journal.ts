import { join } from 'node:path';
import { type Output } from '../../../shared/bridge/contract.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Head } from '../../../shared/events/chain.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import {
  type CallId,
  type Digest,
  type IdSource,
  type Sha256Hex,
  streamId,
  type StreamId,
} from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type PurgedStream } from '../../../shared/sync/purge.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { refuse } from '../faults.ts';
import { groupCommit } from '../group-commit.ts';
import { type Vault } from '../vault/vault.ts';
import { type Acked, readAcked, writeAcked } from './acked.ts';
import { type CurrentStream, openCurrent } from './current.ts';
import { earlierStreams } from './earlier-streams.ts';
import { follow } from './follow.ts';
import { purgeCalls, type PurgeAnswer, type PurgeOrder } from './purge-calls.ts';
import { purgedCalls } from './purge-log.ts';
import { openPurged, type Purged } from './purged.ts';
import { sealPlainFiles } from './seal-plain.ts';
import { type JournalPage, openStreamLog, type StreamLog } from './stream-log.ts';

/**
 * This computer's second copy of every event, outside the browser's own storage: append-only files, one folder
 * per stream. Faults: `journal.gap`, `journal.fork`, `journal.wrongHash`, `journal.wrongStream` for events that do
 * not follow on, `journal.writeFailed` and `journal.unavailable` when the disk refuses.
 */
export interface Journal {
  /**
   * `known` is the stream that the window's database has. A journal that holds nothing yet takes it over, so that
   * it can be rebuilt from there; any other ignores it.
   */
  open(known?: StreamId): Promise<Result<Output<'journal.open'>, Fault>>;
  /** Resolves after the fsync. Calls made at the same time share one fsync. */
  append(events: readonly Envelope[]): Promise<Result<{ head: Head }, Fault>>;
  /** Of the present stream, or of one that was set aside. A number that cannot be read is left out. */
  read(after: number, limit: number, stream?: StreamId): Promise<Result<JournalPage, Fault>>;
  streams(): Promise<Result<{ streams: StreamId[] }, Fault>>;
  /** Keeps how far the hub has a stream, for when the window's database cannot. */
  acknowledge(stream: StreamId, acked: Acked): Promise<Result<Record<string, never>, Fault>>;
  newStream(reason: string): Promise<Result<{ stream: StreamId; head: Head }, Fault>>;
  /** The hash of an event of any stream kept here, also of the last one of what was purged. */
  hashAt(stream: StreamId, seq: number): Promise<Result<Sha256Hex | undefined, Fault>>;
  /** What was purged of every stream. */
  purged(): Promise<Result<{ streams: PurgedStream[] }, Fault>>;
  /**
   * Takes the calls' lines out of the files, each call whole or not at all. Whoever asks has made sure that the hub has
   * them; this makes sure that every number is of the call named and old enough.
   */
  purge(order: PurgeOrder): Promise<Result<PurgeAnswer, Fault>>;
  /** Waits for what is being written, then closes the files. */
  close(): Promise<void>;
}

export interface JournalOptions {
  /** `<profile>/journal`. */
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly digest: Digest;
  readonly log: Log;
  readonly vault: Vault;
  /** A file is closed and the next one begun before it would grow past this. */
  readonly segmentBytes?: number;
  /** Forgets what else is kept of calls that were purged. A purge counts as finished after it. Safe to repeat. */
  readonly forget?: (calls: ReadonlySet<CallId>) => Promise<void>;
}

const SEGMENT_BYTES = 8 * 1024 * 1024;
const LOCKED = 'the key it was kept under could not be opened';
const ADOPTED = 'nothing was in it: the window’s stream is rebuilt instead';

interface Open {
  current: CurrentStream;
  stream: StreamLog;
}
type Job =
  | { readonly events: readonly Envelope[] }
  | { readonly reason: string; readonly next?: StreamId }
  | { readonly purge: PurgeOrder; readonly answer: (given: Result<PurgeAnswer, Fault>) => void };
type Answer = Result<{ stream: StreamId; head: Head }, Fault>;

/** Nothing is read or written before the first call. */
export function createJournal(options: JournalOptions): Journal {
  const { folder, disk, clock, ids, digest, log, vault } = options;
  let opening: Promise<Open> | undefined;
  let closed = false;
  let purged: Purged | undefined;

  function opened(): Promise<Open> {
    if (closed) return Promise.reject(new Error('the journal is closed'));
    opening ??= load().catch((error: unknown) => {
      // The next call tries again: a disk that was away may be back.
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function load(): Promise<Open> {
    await disk.makeFolder(folder);
    let current = await openCurrent(disk, folder, ids, clock);
    purged = await openPurged(disk, folder, vault, clock);
    let stream = await openLog(current.stream);
    if (stream.isLocked) {
      await stream.close();
      const next = streamId.parse(ids.next());
      stream = await openLog(next);
      current = await current.replace(next, LOCKED);
    }
    await sealEarlier(current.stream);
    for (const message of [...current.repairs, ...purged.repairs, ...stream.repairs])
      log.warn({ code: 'journal.repaired', message });
    const open = { current, stream };
    await finishPurge(open, purged);
    return open;
  }

  /** Streams that are only kept: what an older Lantern wrote of them plainly is put into boxes as well. */
  async function sealEarlier(present: StreamId): Promise<void> {
    for (const name of await disk.list(folder)) {
      if (name !== present && streamId.safeParse(name).success)
        await sealPlainFiles(disk, join(folder, name), vault);
    }
  }

  const openLog = (stream: StreamId): Promise<StreamLog> =>
    openStreamLog({
      disk,
      folder: join(folder, stream),
      stream,
      segmentBytes: options.segmentBytes ?? SEGMENT_BYTES,
      log,
      vault,
      purged: () => purged?.runs(stream) ?? [],
    });

  const earlier = earlierStreams(disk, folder, openLog);

  const commits = groupCommit<Job, Answer>(async (jobs) => {
    const open = await opened();
    const answers: Answer[] = [];
    for (let index = 0; index < jobs.length;) {
      const job = jobs[index];
      if (job !== undefined && !('events' in job)) {
        answers.push('purge' in job ? await purge(open, job) : await startStream(open, job.reason, job.next));
        index += 1;
        continue;
      }
      const appends: (readonly Envelope[])[] = [];
      for (let next = jobs[index]; next !== undefined && 'events' in next; next = jobs[index]) {
        appends.push(next.events);
        index += 1;
      }
      answers.push(...(await appendTogether(open, appends)));
    }
    return answers;
  });

  /** One write and one fsync for all of them. A request that does not follow on does not hold up the others. */
  async function appendTogether(open: Open, requests: readonly (readonly Envelope[])[]): Promise<Answer[]> {
    const { stream } = open.current;
    const streamLog = open.stream;
    const fresh: Envelope[] = [];
    const base = streamLog.head();
    let head = base;
    const stored = async (seq: number): Promise<string | undefined> =>
      seq > base.seq ? fresh[seq - base.seq - 1]?.hash : streamLog.hashOf(seq);
    const decided: { fresh: number; answer: Answer }[] = [];
    for (const events of requests) {
      const followed = await follow(stream, head, events, stored, digest);
      if (!followed.ok) {
        decided.push({ fresh: 0, answer: followed });
        continue;
      }
      fresh.push(...followed.value.fresh);
      head = followed.value.head;
      decided.push({ fresh: fresh.length, answer: ok({ stream, head }) });
    }
    if (fresh.length === 0) return decided.map(({ answer }) => answer);
    try {
      await streamLog.append(fresh);
      return decided.map(({ answer }) => answer);
    } catch (error) {
      log.error({
        code: 'journal.writeFailed',
        message: 'the disk refused a journal write',
        cause: causeOf(error),
      });
      const refused = refuse('journal.writeFailed', '(whole)', writeFailure(error));
      // Requests that needed nothing written are still true; everything after the first new event is not.
      return decided.map(({ fresh: needs, answer }) => (needs === 0 ? answer : refused));
    }
  }

  async function startStream(open: Open, reason: string, next = streamId.parse(ids.next())): Promise<Answer> {
    try {
      // The folder first: once current.json names the new stream, a restart must find it usable.
      const stream = await openLog(next);
      const current = await open.current.replace(next, reason);
      const old = open.stream;
      open.current = current;
      open.stream = stream;
      await old.close();
      return ok({ stream: current.stream, head: stream.head() });
    } catch (error) {
      log.error({
        code: 'journal.writeFailed',
        message: 'a new stream could not be started',
        cause: causeOf(error),
      });
      return refuse('journal.writeFailed', '(whole)', writeFailure(error));
    }
  }

  const logOf = (open: Open, stream: StreamId): Promise<StreamLog | undefined> =>
    stream === open.current.stream ? Promise.resolve(open.stream) : earlier.log(stream);

  async function purge(
    open: Open,
    { purge: order, answer }: Extract<Job, { purge: unknown }>,
  ): Promise<Answer> {
    if (purged !== undefined) {
      const place = { disk, folder, purged, logOf: (stream: StreamId) => logOf(open, stream), log };
      const done = await purgeCalls(order, place);
      await finishPurge(open, purged);
      answer(done);
    }
    return ok({ stream: open.current.stream, head: open.stream.head() });
  }

  /** After a crash, too: what is purged is purged, and this may be tried again at any start. */
  async function finishPurge(open: Open, list: Purged): Promise<void> {
    if (!list.isPending()) return;
    try {
      for (const { stream } of list.all()) await (await logOf(open, stream))?.takeOutPurged();
      await options.forget?.(await purgedCalls(disk, folder));
      await list.done();
    } catch (error) {
      const message = 'purged entries could not all be taken off the disk yet; the next start goes on';
      log.warn({ code: 'journal.purgeUnfinished', message, cause: causeOf(error) });
    }
  }

  async function guarded<T>(work: () => Promise<Result<T, Fault>>): Promise<Result<T, Fault>> {
    try {
      return await work();
    } catch (error) {
      // Asked while the desk stops: nothing is wrong with the journal.
      if (closed) return refuse('journal.unavailable', '(whole)', 'this desk is stopping');
      log.error({
        code: 'journal.unavailable',
        message: 'the journal cannot be used',
        cause: causeOf(error),
      });
      return refuse(
        'journal.unavailable',
        '(whole)',
        `this computer's journal cannot be used (${causeOf(error)})`,
      );
    }
  }

  return {
    open: (known) =>
      guarded(async () => {
        const found = await opened();
        const repairs = [...found.current.repairs, ...(purged?.repairs ?? []), ...found.stream.repairs];
        const isEmpty = found.current.isFirst && found.stream.head().seq === 0;
        if (known !== undefined && isEmpty && found.current.stream !== known) {
          const adopted = await commits.add({ reason: ADOPTED, next: known });
          if (!adopted.ok) return adopted;
          repairs.push('This computer’s journal was empty: it is rebuilt from the window’s database.');
        }
        const { current, stream } = found;
        const { acked, receipt } = await readAcked(disk, folder, current.stream);
        const sent = { acked, ...(receipt === undefined ? {} : { receipt }) };
        return ok({ stream: current.stream, head: stream.head(), ...sent, repairs });
      }),
    append: (events) =>
      guarded(async () => {
        const answer = await commits.add({ events });
        return answer.ok ? ok({ head: answer.value.head }) : answer;
      }),
    read: (after, limit, wanted) =>
      guarded(async () => {
        const { current, stream } = await opened();
        const isEarlier = wanted !== undefined && wanted !== current.stream;
        return ok(await (isEarlier ? earlier.read(wanted, after, limit) : stream.read(after, limit)));
      }),
    streams: () => guarded(async () => ok({ streams: await earlier.names() })),
    acknowledge: (stream, acked) =>
      guarded(async () => {
        await opened();
        await writeAcked(disk, folder, stream, acked);
        return ok({});
      }),
    newStream: (reason) => guarded(() => commits.add({ reason })),
    hashAt: (stream, seq) =>
      guarded(async () => ok(await (await logOf(await opened(), stream))?.hashOf(seq))),
    purged: () =>
      guarded(async () => {
        await opened();
        return ok({ streams: [...(purged?.all() ?? [])] });
      }),
    purge: (order) =>
      guarded(
        () =>
          new Promise((resolve, reject) => {
            commits.add({ purge: order, answer: resolve }).catch(reject);
          }),
      ),
    async close() {
      await commits.idle();
      closed = true;
      // A journal that never opened has nothing to close; whoever asked for it was told why.
      const open = await opening?.catch(() => undefined);
      await open?.stream.close();
      await earlier.close();
    },
  };
}

function writeFailure(error: unknown): string {
  const cause = causeOf(error);
  return cause === 'ENOSPC'
    ? 'the disk is full: nothing was written'
    : `the disk refused (${cause}): nothing was written`;
}
