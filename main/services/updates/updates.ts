import { type Stake } from '../../../shared/sync/leaving.ts';
import { type Timers } from '../../../shared/time.ts';
import { nextStep, type UpdateFacts, type UpdateMode } from '../../../shared/updates/decide.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { type UpdatePort } from '../../ports/updates.ts';

/** How often the server is asked, and how often the desk is looked at for a quiet moment (ms). */
export const CHECK_MS = 4 * 3_600_000;
export const LOOK_MS = 60_000;

export interface UpdatesOptions {
  readonly mode: UpdateMode;
  readonly running: string;
  readonly allowDowngrade: boolean;
  readonly port: UpdatePort;
  readonly stake: () => Stake | undefined;
  readonly timers: Timers;
  readonly log: Log;
}

/**
 * Runs updates until `stop`. With mode `off` nothing is done, no timer is set and nothing is contacted. A failure is said and
 * tried again at the next check; it never stops the desk.
 */
export function createUpdates({ mode, running, allowDowngrade, port, stake, timers, log }: UpdatesOptions): {
  stop(): void;
} {
  if (mode === 'off') return { stop: () => undefined };
  let offered: string | undefined;
  let isHere = false;
  let answer: UpdateFacts['answer'];
  let sinceCheck = CHECK_MS;
  let isStopped = false;
  let cancel = (): void => undefined;

  const step = (): ReturnType<typeof nextStep> =>
    nextStep({ mode, running, offered, allowDowngrade, isHere, stake: stake(), answer });

  async function check(): Promise<void> {
    sinceCheck = 0;
    const next = await port.check();
    if (next !== offered) isHere = false;
    offered = next;
    // A new look at the server is a new occasion to ask.
    answer = undefined;
  }

  async function turn(): Promise<void> {
    if (sinceCheck >= CHECK_MS) await check();
    if (step().kind === 'download') {
      await port.download();
      isHere = true;
      log.info({
        code: 'updates.ready',
        message: 'a newer Lantern is on this PC and waits for a quiet moment',
      });
    }
    if (step().kind === 'ask' && offered !== undefined) answer = await port.ask(offered);
    // Taken anew: a call may have come while the person was asked.
    if (step().kind !== 'install' || isStopped) return;
    log.info({ code: 'updates.install', message: 'Lantern ends, to start again as the newer one' });
    isStopped = true;
    port.install();
  }

  const go = (): void => {
    turn()
      .catch((error: unknown) => {
        // What is half here is not trusted: it is fetched anew after the next check.
        isHere = false;
        offered = undefined;
        log.warn({ code: 'updates.failed', message: 'an update did not go through', cause: causeOf(error) });
      })
      .finally(() => {
        if (isStopped) return;
        cancel = timers.after(LOOK_MS, () => {
          sinceCheck += LOOK_MS;
          go();
        });
      });
  };
  go();
  return {
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
