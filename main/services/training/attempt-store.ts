import { join } from 'node:path';
import { z } from 'zod';
import { boxed } from '../../../shared/boxes/box.ts';
import { attempt, type Attempt } from '../../../shared/training/attempt/attempt.ts';
import { type Timers } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { type Vault } from '../vault/vault.ts';

/** An attempt on this PC. `brought`: taken in from another machine. */
export interface KeptAttempt {
  readonly attempt: Attempt;
  readonly brought: boolean;
}

/** Attempts on the disk of the training folder, each in a box: what trainees say of themselves is nobody else's to read. */
export interface AttemptStore {
  all(): Promise<readonly KeptAttempt[]>;
  get(id: string): Promise<KeptAttempt | undefined>;
  /** In memory at once, on the disk soon after: a crash costs the last half second. */
  keep(kept: KeptAttempt): void;
  /** Waits until everything is on the disk. */
  settle(): Promise<void>;
}

const file = z.strictObject({ v: z.literal(1), brought: z.boolean(), attempt: boxed });
/** How long a change may wait for the next before it is written, in ms. */
const SOON_MS = 500;
/** How long until what could not be written is tried again, in ms. */
const AGAIN_MS = 5_000;

export function createAttemptStore(options: {
  readonly folder: string;
  readonly disk: Disk;
  readonly vault: Vault;
  readonly timers: Timers;
  readonly log: Log;
}): AttemptStore {
  const { folder, disk, vault, timers, log } = options;
  const known = new Map<string, KeptAttempt>();
  const dirty = new Set<string>();
  let opening: Promise<void> | undefined;
  let lane: Promise<void> = Promise.resolve();
  let isDue = false;

  const opened = (): Promise<void> => (opening ??= open());
  async function open(): Promise<void> {
    await disk.makeFolder(folder);
    for (const name of (await disk.list(folder)).filter((one) => one.endsWith('.json'))) {
      const read = await readJsonFile(disk, join(folder, name), file);
      const kept = read.kind === 'good' ? reveal(read.value, name.replace('.json', '')) : undefined;
      if (kept === undefined)
        log.warn({ code: 'attempt.unreadable', message: 'an attempt could not be read; its file is left' });
      else if (!known.has(kept.attempt.id)) known.set(kept.attempt.id, kept);
    }
  }
  function reveal(value: z.infer<typeof file>, id: string): KeptAttempt | undefined {
    const plain = vault.open(value.attempt, ['attempt', id]);
    if (plain.kind !== 'open') return undefined;
    const parsed = attempt.safeParse(JSON.parse(plain.text));
    return parsed.success ? { attempt: parsed.data, brought: value.brought } : undefined;
  }
  async function write(): Promise<void> {
    await opened();
    for (const id of Array.from(dirty)) {
      const kept = known.get(id);
      if (kept === undefined) continue;
      const box = vault.seal(JSON.stringify(kept.attempt), ['attempt', id]);
      await writeJsonFile(disk, join(folder, `${id}.json`), { v: 1, brought: kept.brought, attempt: box });
      // Changed meanwhile, or not written: it stays due.
      if (known.get(id) === kept) dirty.delete(id);
    }
  }
  function later(ms: number): void {
    if (isDue) return;
    isDue = true;
    timers.after(ms, () => void flush());
  }
  function flush(): Promise<void> {
    isDue = false;
    lane = lane.then(write).catch((error: unknown) => {
      log.error({
        code: 'attempt.writeFailed',
        message: 'an attempt is not on the disk yet',
        cause: causeOf(error),
      });
      later(AGAIN_MS);
    });
    return lane;
  }

  return {
    async all() {
      await opened();
      return [...known.values()].toSorted((a, b) => b.attempt.startedAt - a.attempt.startedAt);
    },
    async get(id) {
      await opened();
      return known.get(id);
    },
    keep(kept) {
      known.set(kept.attempt.id, kept);
      dirty.add(kept.attempt.id);
      later(SOON_MS);
    },
    async settle() {
      await flush();
    },
  };
}
