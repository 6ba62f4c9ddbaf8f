import { type Policy, type Settings } from '../../../shared/policy/policy.ts';
import { resolvePolicy } from '../../../shared/policy/resolve.ts';
import { choose, takeUp, type TakenUp } from '../../../shared/policy/take-up.ts';
import { type Timers } from '../../../shared/time.ts';
import { type Log } from '../../ports/log.ts';
import { type PolicyKeeper } from '../../ports/policy.ts';
import { type PolicyReadings } from './read-policy.ts';

/** How often the policy is read again (ms). Group policy itself comes every 90 minutes or so. */
export const LOOK_EVERY_MS = 5 * 60_000;

export interface PolicyKeeperOptions {
  readonly read: () => Promise<PolicyReadings>;
  readonly environment: Partial<Policy>;
  readonly timers: Timers;
  readonly log: Log;
}

/** Reads the policy for the first time. Never rejects: what cannot be read is mode `minimal`. */
export async function openPolicy(options: PolicyKeeperOptions): Promise<PolicyKeeper> {
  return keep(options, await options.read());
}

function keep({ read, environment, timers, log }: PolicyKeeperOptions, first: PolicyReadings): PolicyKeeper {
  let person: Partial<Settings> = {};
  let newest = resolvePolicy({ ...first, environment, person });
  let taken: TakenUp = { inForce: newest, waiting: [] };
  for (const { code, field, message } of newest.problems) log.error({ code, field, message });
  let running: Parameters<PolicyKeeper['start']>[0] | undefined;
  let cancel: (() => void) | undefined;

  function settle(): void {
    const before = JSON.stringify(taken);
    taken = takeUp(taken.inForce, newest, running?.isCallOpen() ?? false);
    if (JSON.stringify(taken) !== before) running?.changed();
  }

  async function look(): Promise<void> {
    newest = resolvePolicy({ ...(await read()), environment, person });
    settle();
  }

  function again(): void {
    cancel = timers.after(LOOK_EVERY_MS, () => {
      void look().then(() => {
        if (running !== undefined) again();
      });
    });
  }

  return {
    current: () => taken.inForce,
    waiting: () => taken.waiting,
    choose(next) {
      person = next;
      newest = choose(newest, person);
      taken = { ...taken, inForce: choose(taken.inForce, person) };
    },
    start(options) {
      running = options;
      again();
    },
    look,
    settle,
    stop() {
      running = undefined;
      cancel?.();
    },
  };
}

/** For a desk that nothing manages. */
export const unmanaged = (options: Pick<PolicyKeeperOptions, 'timers' | 'log'>): PolicyKeeper =>
  keep({ ...options, read: () => Promise.resolve(NOBODY), environment: {} }, NOBODY);

const NOBODY: PolicyReadings = { machine: { kind: 'absent' }, user: { kind: 'absent' } };
