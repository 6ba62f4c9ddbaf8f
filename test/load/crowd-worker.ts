import { once } from 'node:events';
import { z } from 'zod';
import { systemClock, systemTimers } from '../../main/services/node-system.ts';
import { plainCalls } from '../support/plain-calls.ts';
import { eventsFor, type LoadDesk, makeLoadDesk } from './load-desk.ts';
import { type Finished, type Made } from './messages.ts';

// A process with its share of the desks. Told its share, it makes them and their events; told to go, it lets each
// notice the hub at a moment of its own and says when all have their receipts, or when the time is up.

const share = z.object({
  hubUrl: z.string(),
  desks: z.int(),
  events: z.int(),
  /** Desks notice the hub within this time (ms). */
  withinMs: z.int(),
  /** Nothing waits longer than this (ms). */
  patienceMs: z.int(),
});

const [first] = (await once(process, 'message')) as [unknown];
const { hubUrl, desks: count, events, withinMs, patienceMs } = share.parse(first);
const scripts = plainCalls();
const desks: LoadDesk[] = [];
for (let at = 0; at < count; at += 1) {
  const desk = await makeLoadDesk({
    url: new URL(hubUrl),
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
  });
  const now = Date.now();
  desk.write(await eventsFor(desk, events, (n) => now - (events - n) * 1_000, scripts, at));
  desks.push(desk);
}
await say({ kind: 'made', desks: desks.map(({ desk, publicKey, stream }) => ({ desk, publicKey, stream })) });

await once(process, 'message');
const began = Date.now();
let waiting = desks.length;
const finishedAt: number[] = [];
await new Promise<void>((resolve) => {
  const giveUp = setTimeout(resolve, patienceMs);
  for (const desk of desks) {
    let done = false;
    setTimeout(
      () =>
        desk.connect(() => {
          if (done) return;
          done = true;
          finishedAt.push(Date.now());
          desk.stop();
          waiting -= 1;
          if (waiting > 0) return;
          clearTimeout(giveUp);
          resolve();
        }),
      Math.random() * withinMs,
    );
  }
});
for (const desk of desks) desk.stop();
await say({
  kind: 'finished',
  began,
  finishedAt,
  streams: desks.map((desk) => ({
    stream: desk.stream,
    acked: desk.acked(),
    receipted: desk.receipted(),
    headHash: desk.headHash(),
  })),
  pushed: sum(({ answers }) => answers.pushed),
  busy: sum(({ answers }) => answers.busy),
  failed: sum(({ answers }) => answers.failed),
  told: [...new Set(desks.flatMap(({ told }) => told))],
});
process.disconnect();

/** Ends when the message has gone: one larger than the pipe would be cut short by a disconnect right behind it. */
function say(message: Made | Finished): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
function sum(of: (desk: LoadDesk) => number): number {
  return desks.reduce((total, desk) => total + of(desk), 0);
}
