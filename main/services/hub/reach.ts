import { type HubState } from '../../../shared/bridge/contract.ts';
import { type UtcMs } from '../../../shared/time.ts';

/** What one attempt to talk to the hub showed: it answered, or it did not and why. */
export type Sign = { readonly answered: true } | { readonly answered: false; readonly why: string };

export const startState = (at: UtcMs): HubState => ({ reach: 'unknown', since: at });

/** The state after a sign. The same object comes back when nothing changed for a person who looks at it. */
export function nextReach(state: HubState, sign: Sign, at: UtcMs): HubState {
  if (sign.answered) return state.reach === 'reachable' ? state : { reach: 'reachable', since: at };
  if (state.reach === 'away') return state.why === sign.why ? state : { ...state, why: sign.why };
  return { reach: 'away', since: at, why: sign.why };
}

/** Until the next heartbeat, in ms: sooner while away, so that the end of an outage is noticed. */
export const heartbeatMs = (state: HubState): number => (state.reach === 'reachable' ? 5_000 : 2_000);
