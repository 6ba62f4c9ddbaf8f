import { join } from 'node:path';
import { z } from 'zod';
import { type HubState } from '../../../shared/bridge/contract.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type DeskId, type StreamId, streamId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts';
import { type Clock, type Timers } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { type HubLink } from '../../ports/hub-link.ts';
import { fault } from '../faults.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { practiceCalls } from './practice-calls.ts';
import { type PracticeDirectory } from './practice-directory.ts';

/** What the practice network is like now. */
export type PracticeLine = 'there' | 'away' | 'slow';

export interface PracticeHubOptions {
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly desk: DeskId;
  readonly directory: PracticeDirectory;
}

/** The stand-in, and the hand on its line. */
export interface PracticeHub extends HubLink {
  line(): PracticeLine;
  set(line: PracticeLine): void;
  /** Tells the desk again how it stands: it looks at its directory then. */
  tell(): void;
}

/** How long everything takes while the practice hub is slow, in ms. */
export const SLOW_MS = 6_000;
const WHY_AWAY = 'the practice network is down (a part of this exercise)';

const kept = z.strictObject({
  v: z.literal(1),
  receipts: z.int().min(0),
  acked: z.record(streamId, z.int().min(0)),
});

/**
 * WHERE A HUB WOULD BE, in this process: it counts what it is given, answers with receipts of its own, and keeps
 * nothing but numbers. It opens no connection and knows no address. Its numbers outlive a restart, so that
 * a light that said safe does not take it back.
 */
export function createPracticeHub(options: PracticeHubOptions): PracticeHub {
  const { disk, clock, timers, directory } = options;
  const path = join(options.folder, 'practice-hub.json');
  let line: PracticeLine = 'there';
  let state: HubState = { reach: 'unknown', since: clock.now() };
  let listener: ((state: HubState) => void) | undefined;
  let opening: Promise<z.infer<typeof kept>> | undefined;
  let lane: Promise<unknown> = Promise.resolve();

  const opened = (): Promise<z.infer<typeof kept>> => (opening ??= open());
  async function open(): Promise<z.infer<typeof kept>> {
    const read = await readJsonFile(disk, path, kept);
    return read.kind === 'good' ? read.value : { v: 1, receipts: 0, acked: {} };
  }
  /** One at a time, over the line as it is now. */
  function over<T>(work: () => Promise<Result<T, Fault>>): Promise<Result<T, Fault>> {
    const run = lane.then(async (): Promise<Result<T, Fault>> => {
      if (line === 'slow') await new Promise<void>((done) => timers.after(SLOW_MS, done));
      return line === 'away' ? err(fault('hub.away', '(whole)', WHY_AWAY)) : work();
    });
    lane = run.catch(() => undefined);
    return run;
  }
  function show(): void {
    const reach = line === 'away' ? 'away' : 'reachable';
    if (state.reach !== reach)
      state = { reach, since: clock.now(), ...(line === 'away' ? { why: WHY_AWAY } : {}) };
    if (reach === 'reachable') state = { ...state, lastAnswerAt: clock.now() };
    listener?.(state);
  }
  async function take(stream: StreamId, to: number): Promise<z.infer<typeof kept>> {
    const now = await opened();
    if (to <= (now.acked[stream] ?? 0)) return now;
    const next = { ...now, receipts: now.receipts + 1, acked: { ...now.acked, [stream]: to } };
    await writeJsonFile(disk, path, next);
    opening = Promise.resolve(next);
    return next;
  }

  return {
    line: () => line,
    set(next) {
      line = next;
      show();
    },
    tell: show,
    state: () => state,
    head: (stream) =>
      over(async () => ok({ stream, acked: (await opened()).acked[stream] ?? 0, hash: null })),
    push: ({ stream, from, events }) =>
      over(async () => {
        const at = clock.now();
        const to = from + events.length - 1;
        const { acked, receipts } = await take(stream, to);
        return ok({
          v: PROTOCOL_VERSION,
          acked: acked[stream] ?? to,
          receipts: [{ n: Math.max(1, receipts), stream, from, to, hash: null, at }],
          flagged: [],
          quarantined: [],
        });
      }),
    enrol: () => Promise.resolve(ok({})),
    doubts: () => over(() => Promise.resolve(ok({ flags: [], quarantine: [], isMore: false }))),
    calls: practiceCalls({ over, clock, desk: options.desk }),
    directory: directory.atHub(over),
    start(changed) {
      listener = changed;
      show();
    },
    stop() {
      listener = undefined;
    },
  };
}
