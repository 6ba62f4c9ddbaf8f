import { join } from 'node:path';
import { type PackStatus } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Content } from '../../shared/content/schema.ts';
import { downtimeHtml } from '../../shared/exports/downtime/html.ts';
import {
  type DirectoryExtract,
  downtimePack,
  type FallbackNumber,
} from '../../shared/exports/downtime/pack.ts';
import { londonDate } from '../../shared/exports/london.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Clock, type Timers, type UtcMs } from '../../shared/time.ts';
import { type Disk } from '../ports/disk.ts';
import { causeOf, type Log } from '../ports/log.ts';
import { refuse } from './faults.ts';

export const PACK_FILE = 'lantern-downtime-pack.html';
/** After the start, so that making it never holds up the window. */
const FIRST_AFTER_MS = 2_000;
/** Looked at this often: a PC that slept over midnight is caught within the hour. */
const LOOK_EVERY_MS = 3_600_000;

/**
 * The downtime pack on this PC's disk (H14): one file in a plain folder that IT can copy or share, made anew at each start,
 * each day, when the directory on this PC has changed and when somebody asks. It holds nothing about anybody. Fault: `pack.writeFailed`.
 */
export interface DowntimePackKeeper {
  status(): PackStatus;
  write(): Promise<Result<PackStatus, Fault>>;
  /** The desk now holds this version of the directory: a pack with another is made anew. */
  directoryIs(version: number | undefined): void;
  start(): void;
  stop(): void;
}

export interface PackOptions {
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  /** Asked for when the pack is made: reading it costs time that a start does not have. */
  readonly content: () => Content;
  readonly numbers: () => readonly FallbackNumber[];
  /** What this desk's disk holds of the directory; undefined when nothing. */
  readonly directory: () => Promise<DirectoryExtract | undefined>;
}

export function createDowntimePack(options: PackOptions): DowntimePackKeeper {
  const { folder, disk, clock, timers, log, content, numbers, directory } = options;
  let writtenAt: UtcMs | undefined;
  let problem: string | undefined;
  let cancel: (() => void) | undefined;
  /** Of the directory: what is printed, and what the desk holds. */
  let printed: number | undefined;
  let held: number | undefined;

  const status = (): PackStatus => ({
    folder,
    file: PACK_FILE,
    ...(writtenAt === undefined ? {} : { writtenAt }),
    ...(problem === undefined ? {} : { problem }),
  });

  let last: Promise<unknown> = Promise.resolve();
  /** One after another: they share a file on the way. */
  function write(): Promise<Result<PackStatus, Fault>> {
    const written = last.then(writeOnce);
    last = written;
    return written;
  }

  async function writeOnce(): Promise<Result<PackStatus, Fault>> {
    const now = clock.now();
    try {
      const services = await directory();
      const html = downtimeHtml(
        downtimePack({ content: content(), numbers: numbers(), directory: services, now }),
      );
      await disk.makeFolder(folder);
      await disk.replace(join(folder, PACK_FILE), Buffer.from(html));
      printed = services?.version;
    } catch (error) {
      problem = `the downtime pack could not be written (${causeOf(error)})`;
      log.error({ code: 'pack.writeFailed', message: 'the disk refused the pack', cause: causeOf(error) });
      return refuse('pack.writeFailed', 'folder', problem);
    }
    problem = undefined;
    writtenAt = now;
    return ok(status());
  }

  async function look(): Promise<void> {
    const isOfToday = writtenAt !== undefined && londonDate(writtenAt) === londonDate(clock.now());
    if (!isOfToday || printed !== held) await write();
    if (cancel !== undefined) cancel = timers.after(LOOK_EVERY_MS, () => void look());
  }

  return {
    status,
    write,
    directoryIs(version) {
      held = version;
      // Before the first one is written, that one will have it.
      if (cancel !== undefined && writtenAt !== undefined && printed !== held) void write();
    },
    start() {
      cancel = timers.after(FIRST_AFTER_MS, () => void look());
    },
    stop() {
      cancel?.();
      cancel = undefined;
    },
  };
}
