import { z } from 'zod';
import { boxed } from '../../../shared/boxes/box.ts';
import { callId, streamId } from '../../../shared/ids.ts';
import { jsonOf } from '../../../shared/json.ts';
import { attempt } from '../../../shared/training/attempt/attempt.ts';
import { type Timers, type UtcMs, utcMs } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { type Vault } from '../vault/vault.ts';
import { type Running } from './running.ts';

const ms = z.number().min(0);
const saved = z.strictObject({
  status: z.enum(['waiting', 'talking', 'ended', 'stopped']),
  zero: z.number(),
  pausedAt: z.number().exactOptional(),
  nowMs: ms,
  seen: z.record(z.string(), ms),
  lastActivityMs: ms,
  speakingUntilMs: ms,
  silentUntilMs: ms,
  isLineOpen: z.boolean(),
  queue: z.array(z.string()),
  draws: z.int().min(0),
  seed: z.int().min(0),
});
const checkpoint = z.strictObject({ id: z.string(), title: z.string(), callMs: ms, saved });
const running = z.strictObject({
  attempt: attempt.extend({ call: callId.exactOptional() }),
  caller: saved.extend({ checkpoints: z.array(checkpoint) }),
  current: callId.exactOptional(),
  last: z.strictObject({ stream: streamId, seq: z.int().min(1) }).exactOptional(),
  marks: z.record(z.string(), z.strictObject({ at: utcMs, events: z.int().min(0) })),
  repeatedUpTo: z.int().min(0),
  count: z.int().min(0),
});
/** Without a practice, nothing is in hand. */
const file = z.strictObject({ v: z.literal(1), at: utcMs, running: boxed.exactOptional() });
/** No attempt has that for its id. */
const ABOUT = ['attempt', 'in hand'] as const;
const NOT_TAKEN_UP = 'the practice in hand could not be taken up; what was kept of it is among the practices';
/** How long a change may wait for the next before it is written, in ms. */
const SOON_MS = 250;

/** The practice in hand as it was, and when that was written. */
export interface WasInHand {
  readonly running: Running;
  readonly at: UtcMs;
}

/** The practice that goes on, on the disk after every step: a program that ends in the middle of it comes back to it. */
export interface InHand {
  /** Never rejects: what cannot be read is said, and not taken up. */
  read(): Promise<WasInHand | undefined>;
  /** `undefined`: no practice is in hand. On the disk within a quarter of a second. */
  keep(now: WasInHand | undefined): void;
  settle(): Promise<void>;
}

export function createInHand(options: {
  readonly path: string;
  readonly disk: Disk;
  readonly vault: Vault;
  readonly timers: Timers;
  readonly log: Log;
}): InHand {
  const { path, disk, vault, timers, log } = options;
  let next: { readonly now: WasInHand | undefined } | undefined;
  let lane: Promise<void> = Promise.resolve();
  let isDue = false;

  async function write(): Promise<void> {
    if (next === undefined) return;
    const { now } = next;
    next = undefined;
    if (now === undefined) return writeJsonFile(disk, path, { v: 1, at: 0 });
    const box = vault.seal(JSON.stringify(now.running), ABOUT);
    await writeJsonFile(disk, path, { v: 1, at: now.at, running: box });
  }
  function flush(): Promise<void> {
    isDue = false;
    lane = lane.then(write).catch((error: unknown) => {
      // The attempt itself is kept and tried again elsewhere: what is lost is that it could be taken up.
      log.warn({
        code: 'practice.notInHand',
        message: 'the practice in hand is not on the disk',
        cause: causeOf(error),
      });
    });
    return lane;
  }

  return {
    async read() {
      try {
        const kept = await readJsonFile(disk, path, file);
        if (kept.kind === 'missing') return undefined;
        if (kept.kind === 'good') {
          const { running: box, at } = kept.value;
          if (box === undefined) return undefined;
          const plain = vault.open(box, ABOUT);
          const parsed = plain.kind === 'open' ? running.safeParse(jsonOf(plain.text)) : undefined;
          if (parsed?.success === true) return { running: parsed.data, at };
        }
        log.warn({ code: 'practice.unreadable', message: NOT_TAKEN_UP });
      } catch (error) {
        log.warn({ code: 'practice.unreadable', message: NOT_TAKEN_UP, cause: causeOf(error) });
      }
      return undefined;
    },
    keep(now) {
      next = { now };
      if (isDue) return;
      isDue = true;
      timers.after(SOON_MS, () => void flush());
    },
    settle: () => flush(),
  };
}
