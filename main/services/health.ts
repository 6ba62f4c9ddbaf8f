import { join } from 'node:path';
import { z } from 'zod';
import { streamId, type StreamId } from '../../shared/ids.ts';
import { type Clock, type Timers, type UtcMs, utcMs } from '../../shared/time.ts';
import { type Disk } from '../ports/disk.ts';
import { type HubLink } from '../ports/hub-link.ts';
import { causeOf, type Log } from '../ports/log.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/**
 * `<profile>/health.json`: what only a running desk hears, kept for `lantern diagnose`: how far the hub said it was, when,
 * and how much room the window's database has. Numbers, times and stream ids alone; losing it loses nothing.
 */
const healthFile = z.strictObject({
  v: z.literal(1),
  lastSyncAt: utcMs.exactOptional(),
  acked: z.record(streamId, z.int().min(0)),
  storage: z
    .strictObject({ usedBytes: z.int().min(0), quotaBytes: z.int().min(0), toldAt: utcMs })
    .exactOptional(),
});
export type HealthFile = z.infer<typeof healthFile>;

const pathOf = (folder: string): string => join(folder, 'health.json');

/** Undefined when there is none that can be read: nothing is known then. */
export async function readHealth(folder: string, disk: Disk): Promise<HealthFile | undefined> {
  const read = await readJsonFile(disk, pathOf(folder), healthFile).catch(() => undefined);
  return read?.kind === 'good' ? read.value : undefined;
}

export interface HealthKeeper {
  /** The same link, listened to. */
  hears(hub: HubLink): HubLink;
  /** What the window's browser says of its room (bytes). */
  room(said: { readonly usage: number; readonly quota: number }): void;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

/** Not at every receipt: this is for people who look once in a while. */
const WRITE_AFTER_MS = 5_000;

export function createHealthKeeper(of: {
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}): HealthKeeper {
  const { folder, disk, clock, timers, log } = of;
  let health: HealthFile = { v: 1, acked: {} };
  const started = readHealth(folder, disk).then((kept) => {
    if (kept !== undefined) health = { ...kept, ...health, acked: { ...kept.acked, ...health.acked } };
  });
  let cancel: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  function changed(next: HealthFile): void {
    health = next;
    cancel ??= timers.after(WRITE_AFTER_MS, write);
  }
  function write(): void {
    cancel = undefined;
    writing = writing
      .then(() => started)
      .then(() => writeJsonFile(disk, pathOf(folder), health))
      .catch((error: unknown) =>
        log.warn({ code: 'health.writeFailed', message: 'not written', cause: causeOf(error) }),
      );
  }
  const heard = (stream: StreamId, acked: number, lastSyncAt: UtcMs): void =>
    changed({ ...health, lastSyncAt, acked: { ...health.acked, [stream]: acked } });

  return {
    hears: (hub) => ({
      ...hub,
      async head(stream) {
        const answer = await hub.head(stream);
        if (answer.ok) heard(stream, answer.value.acked, clock.now());
        return answer;
      },
      async push(batch) {
        const answer = await hub.push(batch);
        if (answer.ok) heard(batch.stream, answer.value.acked, clock.now());
        return answer;
      },
    }),
    room: ({ usage, quota }) =>
      changed({ ...health, storage: { usedBytes: usage, quotaBytes: quota, toldAt: clock.now() } }),
    async close() {
      if (cancel !== undefined) {
        cancel();
        write();
      }
      await writing;
    },
  };
}
