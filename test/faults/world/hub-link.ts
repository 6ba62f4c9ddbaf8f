import { type z } from 'zod';
import { type HubLink } from '../../../main/ports/hub-link.ts';
import { heartbeatMs, nextReach, type Sign, startState } from '../../../main/services/hub/reach.ts';
import { REQUEST_TIMEOUT_MS } from '../../../main/services/hub/request.ts';
import { type HubState, methods } from '../../../shared/bridge/contract.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { problemOf } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { pushResponse, streamHead } from '../../../shared/sync/protocol.ts';
import { type Clock, type Timers } from '../../../shared/time.ts';
import { noDirectoryAtHub } from '../../support/no-directory.ts';
import { noCallsAtHub } from '../../support/no-calls-at-hub.ts';
import { type HubAnswer, type HubRequest } from './hub.ts';
import { type Life } from './life.ts';
import { type Route } from './network.ts';

export interface HubLinkPorts {
  readonly life: Life;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly way: Route;
  /** Answers undefined when nobody listens at the hub's address. */
  readonly ask: (request: HubRequest, answer: (given: HubAnswer) => void) => void;
}

const notHere: Fault = { code: 'hub.away', field: '(whole)', message: 'not part of this simulation' };

/**
 * The desk's line to the hub over the simulated network, in place of HTTP. How long to wait, what an answer means for
 * the desk and how often the heart beats are the product's own (`services/hub`); sockets and gzip are not here.
 */
export function simulatedLink({ life, clock, timers, way, ask }: HubLinkPorts): HubLink {
  let state = startState(clock.now());
  let listener: ((state: HubState) => void) | undefined;

  function notice(sign: Sign): void {
    const next = nextReach(state, sign, clock.now());
    if (next === state) return;
    state = next;
    listener?.(state);
  }

  function once(request: HubRequest): Promise<HubAnswer | 'silence'> {
    return life.through(
      () =>
        new Promise((resolve) => {
          const cancel = timers.after(REQUEST_TIMEOUT_MS, () => resolve('silence'));
          const arrived = (given: HubAnswer): void => {
            if (!life.cross()) return;
            cancel();
            resolve(given);
          };
          way.send(() => ask(request, (given) => way.send(() => arrived(given))));
        }),
    );
  }

  async function call<T>(request: HubRequest, schema: z.ZodType<T>): Promise<Result<T, Fault>> {
    const given = await once(request);
    if (given === 'silence' || given.status === 0 || given.status === 500) {
      const why = 'the hub did not answer';
      notice({ answered: false, why });
      return err({ code: 'hub.away', field: '(whole)', message: why });
    }
    notice({ answered: true });
    if (given.status === 429 || given.status === 503) {
      const wait = given.retryAfterS === undefined ? {} : { retryAfterMs: given.retryAfterS * 1000 };
      return err({ code: 'hub.busy', field: '(whole)', message: 'the hub is busy', ...wait });
    }
    if (given.status !== 200)
      return err({ code: 'hub.refused', field: '(whole)', message: `refused (${given.status})` });
    const parsed = schema.safeParse(given.body);
    return parsed.success ? ok(parsed.data) : err(problemOf('hub.badAnswer', parsed.error));
  }

  async function beat(): Promise<void> {
    const given = await once({ kind: 'live' });
    const answered = given !== 'silence' && given.status !== 0;
    notice(answered ? { answered } : { answered, why: 'the hub did not answer' });
    if (listener !== undefined) timers.after(heartbeatMs(state), () => void beat());
  }

  return {
    state: () => state,
    // Not on the way of an event.
    enrol: () => Promise.resolve(err(notHere)),
    doubts: (stream) => call({ kind: 'doubts', stream }, methods['hub.doubts'].output),
    head: (stream) => call({ kind: 'head', stream }, streamHead),
    push: (batch) => call({ kind: 'push', clock: clock.now(), ...batch }, pushResponse),
    calls: noCallsAtHub,
    directory: noDirectoryAtHub,
    start(changed) {
      listener = changed;
      void beat();
    },
    stop() {
      listener = undefined;
    },
  };
}
