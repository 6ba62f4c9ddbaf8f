import { type Fault } from '../../../shared/bridge/frames.ts';
import { type CallId } from '../../../shared/ids.ts';
import { type Result } from '../../../shared/result.ts';
import { type Output } from '../../../shared/bridge/contract.ts';
import {
  callEventsPage,
  type CallHolder,
  callHolder,
  type Lease,
  lease,
  PROTOCOL_VERSION,
  type TakeOverReason,
} from '../../../shared/sync/protocol.ts';
import { type TeamPage, teamPage } from '../../../shared/sync/team.ts';
import { type HubRequest } from './request.ts';

/** Calls as the hub has them: the team's, who has which, and what other desks wrote. */
export interface CallsAtHub {
  team(): Promise<Result<TeamPage, Fault>>;
  holder(call: CallId): Promise<Result<CallHolder, Fault>>;
  lease(call: CallId, takeOver: TakeOverReason | undefined): Promise<Result<Lease, Fault>>;
  renew(call: CallId, fence: number): Promise<Result<Lease, Fault>>;
  events(call: CallId, after: number): Promise<Result<Output<'hub.callEvents'>, Fault>>;
}

/** `ask` sends a request as this desk, once. */
export function callsAtHub(ask: <T>(request: HubRequest<T>) => Promise<Result<T, Fault>>): CallsAtHub {
  const v = PROTOCOL_VERSION;
  return {
    team: () => ask({ method: 'GET', path: '/v1/calls', answer: teamPage }),
    holder: (call) => ask({ method: 'GET', path: `/v1/calls/${call}/lease`, answer: callHolder }),
    lease: (call, takeOver) =>
      ask({
        method: 'POST',
        path: `/v1/calls/${call}/lease`,
        body: { v, ...(takeOver === undefined ? {} : { takeOver }) },
        answer: lease,
      }),
    renew: (call, fence) =>
      ask({ method: 'POST', path: `/v1/calls/${call}/lease/renew`, body: { v, fence }, answer: lease }),
    events: (call, after) =>
      ask({ method: 'GET', path: `/v1/calls/${call}/events?after=${after}`, answer: callEventsPage }),
  };
}
