import { type ChildProcess } from 'node:child_process';
import { backoffMs } from '../../shared/sync/backoff.ts';
import { type ChildOptions, isRunning, startChild, stopChild } from './child.ts';

/** The hub that `npm start` runs beside the desk. When it dies it is started again; the desk goes on meanwhile. */
export interface HubProcess {
  /** Resolves once the hub is ready, or after `ms`, or when it ends: to whether it is ready. */
  ready(ms: number): Promise<boolean>;
  stop(): Promise<void>;
}

export interface HubProcessOptions {
  readonly child: ChildOptions;
  readonly url: URL;
  readonly say: (line: string) => void;
}

/** How long a stopping hub may take to close its database, in ms. */
const STOP_MS = 20_000;
/** A hub that ran this long was well: the next back-off starts afresh, in ms. */
const WELL_MS = 60_000;

export function runHub({ child: options, url, say }: HubProcessOptions): HubProcess {
  let child: ChildProcess;
  let stopping = false;
  let attempt = 0;
  let timer: NodeJS.Timeout | undefined;

  function begin(): void {
    const startedAt = Date.now();
    child = startChild(options);
    const mine = child;
    say(`Hub: process ${mine.pid ?? 'not started'} on ${url.origin}`);
    const ended = (how: string): void => {
      if (stopping) return;
      if (Date.now() - startedAt > WELL_MS) attempt = 0;
      attempt += 1;
      const wait = 500 + backoffMs(attempt, Math.random());
      const seconds = (wait / 1000).toFixed(1);
      say(`Hub: process ${mine.pid ?? '?'} ended (${how}). The desk goes on; trying again in ${seconds} s`);
      timer = setTimeout(begin, wait);
    };
    mine.once('error', (error) => ended(error.name));
    mine.once('exit', (code, signal) => ended(signal ?? `code ${code ?? '?'}`));
  }
  begin();

  return {
    async ready(ms) {
      const until = Date.now() + ms;
      while (Date.now() < until && isRunning(child)) {
        if (await isHubReady(url)) return true;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return false;
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await stopChild(child, STOP_MS);
    },
  };
}

/** Whether a Lantern hub answers there and can reach its database. */
export async function isHubReady(url: URL): Promise<boolean> {
  try {
    const response = await fetch(new URL('/v1/health/ready', url), { signal: AbortSignal.timeout(2_000) });
    return response.ok;
  } catch {
    // Not there yet, or not a hub: both mean no.
    return false;
  }
}
