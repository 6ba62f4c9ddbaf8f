import { setImmediate as turn } from 'node:timers/promises';
import { buildApp } from '../../hub/app.ts';
import { insertDesk } from '../../hub/db/desk-rows.ts';
import { type Pool } from '../../hub/db/pool.ts';
import { DEFAULT_LIMITS, UNNAMED_SENDER } from '../../hub/deps.ts';
import { nodeDigest } from '../../hub/digest.ts';
import { createCheckQueue } from '../../hub/intake/check-queue.ts';
import { checkCall } from '../../hub/intake/replay-check.ts';
import { createLog } from '../../hub/log.ts';
import { replay } from '../../shared/call/replay.ts';
import { contentByVersion } from '../../shared/content/packs.ts';
import { virtualTime } from '../renderer/support/virtual-time.ts';
import { plainCalls } from '../support/plain-calls.ts';
import { eventsFor, type LoadDesk, makeLoadDesk } from './load-desk.ts';
import { type Verified, verifyClaims } from './verify.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface DayOptions {
  readonly pool: Pool;
  readonly desks: number;
  /** Each desk takes so many calls, evenly through the day, one event a minute while a call lasts. */
  readonly callsPerDesk: number;
  /** Hours of the day between which the hub cannot be reached. */
  readonly outage: readonly [number, number];
  readonly say: (line: string) => void;
}

export interface Day {
  readonly written: number;
  /** Waiting at the end of the outage, on all desks. */
  readonly queued: number;
  readonly pushed: number;
  /** Tries that met no hub. */
  readonly failed: number;
  readonly busy: number;
  readonly done: number;
  readonly told: readonly string[];
  readonly verified: Verified;
  /** How long the day took here (s). */
  readonly seconds: number;
}

/**
 * A day under a virtual clock that desks and hub share: it stands still while a request is under way and then jumps
 * to the next thing that happens. Real identity, link, sync engine, HTTP, hub and PostgreSQL.
 */
export async function runDay({ pool, desks: count, callsPerDesk, outage, say }: DayOptions): Promise<Day> {
  const began = Date.now();
  const startAt = Date.UTC(2026, 10, 21);
  const time = virtualTime(startAt);
  const checks = createCheckQueue({
    check: (call) => checkCall(pool, call, { contentByVersion, replay }, time.clock.now()),
    timers: time.timers,
    quietMs: 500,
    latestMs: 10_000,
    onError: (error) => {
      throw error;
    },
  });
  const app = await buildApp({
    pool,
    clock: time.clock,
    digest: nodeDigest,
    limits: DEFAULT_LIMITS,
    sender: UNNAMED_SENDER,
    log: createLog('silent'),
    callsChanged: (calls) => calls.forEach((call) => checks.add(call)),
  });
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  let isCut = false;
  let asking = 0;
  const away = (): Promise<never> =>
    Promise.reject(
      new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }),
    );
  try {
    const desks: LoadDesk[] = [];
    let written = 0;
    const scripts = plainCalls();
    const eventsPerCall = Math.round(
      scripts.reduce((sum, script) => sum + script.length + 2, 0) / scripts.length,
    );
    const perDesk = callsPerDesk * eventsPerCall;
    const callEvery = (24 * HOUR) / callsPerDesk;
    for (let at = 0; at < count; at += 1) {
      const desk = await makeLoadDesk({
        url,
        fetch: (address, init) => (isCut ? away() : fetch(address, init)),
        clock: time.clock,
        timers: time.timers,
        random: Math.random,
        asking() {
          asking += 1;
          return () => (asking -= 1);
        },
      });
      await insertDesk(pool, {
        id: desk.desk,
        name: 'Desk of a day',
        publicKey: desk.publicKey,
        enrolledAt: startAt,
      });
      const madeAt = (n: number): number =>
        startAt + Math.floor(n / eventsPerCall) * callEvery + (n % eventsPerCall) * MINUTE + at * 977;
      const events = await eventsFor(desk, perDesk, madeAt, scripts, at);
      // One timer a desk: each event, when it is written, sets the next.
      const writeNext = (n: number): void => {
        const event = events[n];
        if (event === undefined) return;
        time.timers.after(event.at - time.clock.now(), () => {
          desk.write([event]);
          writeNext(n + 1);
        });
      };
      writeNext(0);
      desk.connect(() => undefined);
      desks.push(desk);
      written += perDesk;
    }
    const sum = (of: (desk: LoadDesk) => number): number =>
      desks.reduce((total, desk) => total + of(desk), 0);
    const unsent = (): number => sum((desk) => desk.written() - desk.acked());
    let queued = 0;
    time.timers.after(outage[0] * HOUR, () => (isCut = true));
    time.timers.after(outage[1] * HOUR, () => {
      queued = unsent();
      isCut = false;
      // As each desk's heartbeat does when it notices: every two seconds, each at its own moment.
      for (const desk of desks) time.timers.after(Math.floor(Math.random() * 2_000), () => desk.hubBack());
    });
    let said = 0;
    for (;;) {
      // Two turns: what an answer sets off has begun by then.
      do await turn();
      while (asking > 0 || (await turn(), asking > 0));
      const next = time.nextAt();
      if (next === undefined || (next > startAt + 25 * HOUR && unsent() === 0)) break;
      time.moveTo(next);
      const hour = Math.floor((next - startAt) / HOUR);
      if (hour < said + 4) continue;
      said = hour;
      say(`  hour ${hour}: ${sum((desk) => desk.written())} written, ${unsent()} waiting`);
    }
    await checks.drain();
    for (const desk of desks) desk.stop();
    const claims = desks.map((desk) => ({
      stream: desk.stream,
      written: perDesk,
      acked: desk.acked(),
      receipted: desk.receipted(),
      headHash: desk.headHash(),
    }));
    return {
      written,
      queued,
      pushed: sum(({ answers }) => answers.pushed),
      failed: sum(({ answers }) => answers.failed),
      busy: sum(({ answers }) => answers.busy),
      done: claims.filter(({ acked, receipted }) => acked === perDesk && receipted === perDesk).length,
      told: [...new Set(desks.flatMap(({ told }) => told))],
      verified: await verifyClaims(pool, claims),
      seconds: Math.round((Date.now() - began) / 1000),
    };
  } finally {
    await app.close();
  }
}
