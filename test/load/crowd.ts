import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { insertDesk } from '../../hub/db/desk-rows.ts';
import { type Pool } from '../../hub/db/pool.ts';
import { type Claim, type Verified, verifyClaims } from './verify.ts';
import { finished, type Finished, made } from './messages.ts';

export interface CrowdOptions {
  readonly hubUrl: string;
  readonly pool: Pool;
  readonly desks: number;
  readonly events: number;
  readonly processes: number;
  /** Desks notice the hub within this time (ms). */
  readonly withinMs: number;
  readonly patienceMs: number;
  readonly say: (line: string) => void;
}

export interface Crowd {
  /** From the first desk's first request until the last desk has its receipts (s). */
  readonly seconds: number;
  /** When half, and when 99 in 100, of the desks were done (s). */
  readonly halfDone: number;
  readonly almostAllDone: number;
  /** Desks with a receipt for everything they wrote. */
  readonly done: number;
  readonly pushed: number;
  readonly busy: number;
  readonly failed: number;
  readonly told: readonly string[];
  readonly verified: Verified;
}

/** Lets a crowd of enrolled desks come back at once, in processes of their own, and reads back what the hub kept. */
export async function runCrowd(options: CrowdOptions): Promise<Crowd> {
  const { hubUrl, pool, desks, events, processes, withinMs, patienceMs, say } = options;
  const workers = Array.from({ length: processes }, () =>
    fork(fileURLToPath(new URL('crowd-worker.ts', import.meta.url)), { stdio: 'inherit' }),
  );
  try {
    const each = Math.ceil(desks / processes);
    for (const [at, worker] of workers.entries()) {
      const share = Math.min(each, desks - at * each);
      worker.send({ hubUrl, desks: share, events, withinMs, patienceMs });
    }
    const all = await Promise.all(workers.map((worker) => heard(worker)));
    for (const { desk: id, publicKey } of all.flatMap((message) => made.parse(message).desks)) {
      await insertDesk(pool, { id, name: 'Desk under load', publicKey, enrolledAt: Date.now() });
    }
    say(`  ${desks} desks enrolled, ${desks * events} events written`);
    const answers = workers.map((worker) => heard(worker));
    for (const worker of workers) worker.send('go');
    const reports = (await Promise.all(answers)).map((message) => finished.parse(message));
    const claims = reports.flatMap(({ streams }) =>
      streams.map((stream): Claim => ({ ...stream, written: events })),
    );
    say('  reading every event back');
    return {
      ...timesOf(reports),
      ...countsOf(reports),
      done: doneOf(claims),
      verified: await verifyClaims(pool, claims),
    };
  } finally {
    for (const worker of workers) if (worker.exitCode === null) worker.kill();
  }
}

/** The worker's next message. Rejects when it ends instead. */
async function heard(worker: ReturnType<typeof fork>): Promise<unknown> {
  // The channel closes after its last message was heard; the exit may be told before that.
  const ended = once(worker, 'disconnect').then(() => {
    throw new Error('a process with desks ended before it had said what it did');
  });
  const [message] = (await Promise.race([once(worker, 'message'), ended])) as [unknown];
  ended.catch(() => undefined);
  return message;
}

const doneOf = (claims: readonly Claim[]): number =>
  claims.filter(({ acked, receipted, written }) => acked === written && receipted === written).length;

function timesOf(reports: readonly Finished[]): Pick<Crowd, 'seconds' | 'halfDone' | 'almostAllDone'> {
  const began = Math.min(...reports.map((report) => report.began));
  const ends = reports.flatMap(({ finishedAt }) => finishedAt).toSorted((a, b) => a - b);
  const at = (share: number): number => ((ends[Math.ceil(share * ends.length) - 1] ?? began) - began) / 1000;
  return { seconds: at(1), halfDone: at(0.5), almostAllDone: at(0.99) };
}

function countsOf(reports: readonly Finished[]): Pick<Crowd, 'pushed' | 'busy' | 'failed' | 'told'> {
  const sum = (key: 'pushed' | 'busy' | 'failed'): number =>
    reports.reduce((total, report) => total + report[key], 0);
  return {
    pushed: sum('pushed'),
    busy: sum('busy'),
    failed: sum('failed'),
    told: [...new Set(reports.flatMap(({ told }) => told))],
  };
}
