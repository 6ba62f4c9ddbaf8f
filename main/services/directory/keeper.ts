import { type DirectoryState } from '../../../shared/bridge/directory.ts';
import { type Output, type ParsedInput } from '../../../shared/bridge/contract.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import {
  applyDelta,
  type DeskReport,
  type DirectoryAnswer,
  type DirectorySnapshot,
  deskReport,
  flagsNow,
  MAX_REPORTS,
  type SharedFlag,
} from '../../../shared/directory/exchange.ts';
import { type IdSource } from '../../../shared/ids.ts';
import { problemOf } from '../../../shared/problem.ts';
import { type DirectoryExtract } from '../../../shared/exports/downtime/pack.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Clock, type Timers, type UtcMs } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { refuse } from '../faults.ts';
import { type DirectoryAtHub } from '../../ports/hub-link.ts';
import { directoryFiles } from './files.ts';

/** The hub is asked this often whether anything changed (ms); a full house is known at every desk within it. */
const LOOK_EVERY_MS = 15_000;

/**
 * The directory on this PC's disk, brought up to date from the hub and used without it. A report is answered once it is on the
 * disk and stays there until the hub has it. Faults: `directory.none`, `directory.writeFailed`, `directory.report`.
 */
export interface DirectoryKeeper {
  state(): Promise<Result<DirectoryState, Fault>>;
  services(
    kinds: ParsedInput<'directory.services'>['kinds'],
  ): Promise<Result<Output<'directory.services'>, Fault>>;
  /** Everything held, for paper; undefined when this desk has had none. */
  extract(): Promise<DirectoryExtract | undefined>;
  report(report: ParsedInput<'directory.report'>): Promise<Result<Record<string, never>, Fault>>;
  /** Looks at once: the hub has come back. */
  look(): void;
  start(changed: (state: DirectoryState) => void): void;
  /** Ends looking, once what is being written is on the disk. */
  stop(): Promise<void>;
}

export interface DirectoryOptions {
  readonly folder: string;
  readonly disk: Disk;
  readonly hub: DirectoryAtHub;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: IdSource;
  readonly log: Log;
}

export function createDirectoryKeeper(options: DirectoryOptions): DirectoryKeeper {
  const { hub, clock, timers, ids, log } = options;
  const files = directoryFiles(options);
  let snapshot: DirectorySnapshot | undefined;
  let fromHub: readonly SharedFlag[] = [];
  let checkedAt: UtcMs | undefined;
  let waiting: readonly DeskReport[] = [];
  let trouble: string | undefined;
  let listener: ((state: DirectoryState) => void) | undefined;
  let cancel: (() => void) | undefined;
  let opening: Promise<void> | undefined;
  /** One thing at a time touches the files; what fails is answered where it was asked. */
  let lane: Promise<unknown> = Promise.resolve();

  const opened = (): Promise<void> => (opening ??= open());
  async function open(): Promise<void> {
    snapshot = (await files.directory.read())?.snapshot;
    const kept = await files.flags.read();
    fromHub = kept?.flags ?? [];
    checkedAt = kept?.checkedAt;
    waiting = (await files.outbox.read())?.reports ?? [];
  }
  function inLane<T>(work: () => Promise<T>): Promise<T> {
    const run = lane.then(opened).then(work);
    lane = run.catch(() => undefined);
    return run;
  }

  const stateNow = (): DirectoryState => ({
    ...(snapshot === undefined ? {} : { held: heldOf(snapshot, checkedAt) }),
    flags: [...flagsNow(fromHub, waiting, clock.now())],
    waiting: waiting.length,
    ...(trouble === undefined ? {} : { trouble }),
  });
  let told = '';
  function tell(): void {
    const state = stateNow();
    const text = JSON.stringify(state);
    if (text === told) return;
    told = text;
    listener?.(state);
  }

  async function refresh(): Promise<void> {
    await sendReports();
    const flags = await hub.flags();
    if (flags.ok) fromHub = flags.value;
    const answer = await hub.since(snapshot);
    // Away, or not enrolled yet: the light says so, and the age goes on counting.
    if (!answer.ok) {
      trouble =
        answer.error.code === 'hub.badAnswer' ? 'The hub sent a directory that cannot be read.' : undefined;
      return tell();
    }
    trouble = undefined;
    if (answer.value !== undefined) await take(answer.value);
    checkedAt = clock.now();
    await files.flags.write({ v: 1, flags: [...fromHub], checkedAt });
    tell();
  }

  async function take(answer: DirectoryAnswer): Promise<void> {
    const next = nextSnapshot(snapshot, answer);
    if (next === undefined) return;
    await files.directory.write({ v: 1, snapshot: next });
    snapshot = next;
  }

  async function sendReports(): Promise<void> {
    while (waiting.length > 0) {
      const sent = await hub.report(waiting.slice(0, MAX_REPORTS));
      if (!sent.ok) return;
      const kept = new Set(sent.value);
      const left = waiting.filter(({ id }) => !kept.has(id));
      // A hub that keeps none of what it was sent would be asked for ever.
      if (left.length === waiting.length) return;
      await files.outbox.write({ v: 1, reports: [...left] });
      waiting = left;
    }
  }

  function look(): void {
    cancel?.();
    void inLane(refresh)
      .catch((error: unknown) => {
        trouble = 'The disk of this PC refuses the directory: what is shown may be old.';
        log.error({ code: 'directory.writeFailed', message: 'not written', cause: causeOf(error) });
        tell();
      })
      .finally(() => {
        if (listener !== undefined) cancel = timers.after(LOOK_EVERY_MS, look);
      });
  }

  return {
    async state() {
      await opened();
      return ok(stateNow());
    },
    async services(kinds) {
      await opened();
      if (snapshot === undefined)
        return refuse('directory.none', '(whole)', 'this desk has not had a directory from the hub yet');
      const { version, bankHolidays, services } = snapshot;
      const wanted = services.filter((service) => service.kinds.some((kind) => kinds.includes(kind)));
      return ok({ version, bankHolidays, services: wanted });
    },
    async extract() {
      await opened();
      return snapshot === undefined ? undefined : { ...snapshot, checkedAt };
    },
    report(given) {
      return inLane(async () => {
        const made = { ...given, id: ids.next(), version: snapshot?.version ?? 1, at: clock.now() };
        const parsed = deskReport.safeParse(made);
        if (!parsed.success) return err(problemOf('directory.report', parsed.error));
        const next = [...waiting, parsed.data];
        try {
          await files.outbox.write({ v: 1, reports: next });
        } catch (error) {
          log.error({
            code: 'directory.writeFailed',
            message: 'a report was not kept',
            cause: causeOf(error),
          });
          return refuse('directory.writeFailed', '(whole)', 'this could not be kept on this PC');
        }
        waiting = next;
        tell();
        if (listener !== undefined) timers.after(0, look);
        return ok({});
      });
    },
    look,
    start(changed) {
      listener = changed;
      void opened().then(tell);
    },
    async stop() {
      listener = undefined;
      cancel?.();
      await lane;
    },
  };
}

type Held = NonNullable<DirectoryState['held']>;
function heldOf(snapshot: DirectorySnapshot, checkedAt: UtcMs | undefined): Held {
  const { version, madeAt, source, services } = snapshot;
  return {
    version,
    madeAt,
    source,
    services: services.length,
    ...(checkedAt === undefined ? {} : { checkedAt }),
  };
}

/** Undefined when a delta begins elsewhere: what is held stays, and the next look asks anew. */
function nextSnapshot(
  held: DirectorySnapshot | undefined,
  answer: DirectoryAnswer,
): DirectorySnapshot | undefined {
  if (answer.kind === 'whole') return answer.snapshot;
  const applied = held === undefined ? undefined : applyDelta(held, answer);
  return applied?.ok === true ? applied.value : undefined;
}
