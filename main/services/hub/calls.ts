import { type Fault } from '../../../shared/bridge/frames.ts';
import { referralsPage } from '../../../shared/referral/exchange.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { callEventsPage, callHolder, lease, PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts';
import { teamPage } from '../../../shared/sync/team.ts';
import { type CallsAtHub } from '../../ports/hub-link.ts';
import { type HubRequest } from './request.ts';

/** `ask` sends a request as this desk, once. */
export function callsAtHub(
  ask: <T>(request: HubRequest<T>) => Promise<Result<T, Fault>>,
  address: URL,
): CallsAtHub {
  const v = PROTOCOL_VERSION;
  return {
    team: () => ask({ method: 'GET', path: '/v1/calls', answer: teamPage }),
    async referrals() {
      const answer = await ask({ method: 'GET', path: '/v1/referrals', answer: referralsPage });
      if (!answer.ok) return answer;
      const { receivers, referrals } = answer.value;
      const whole = (link: string | null): string | null =>
        link === null ? null : new URL(link, address).href;
      return ok({ receivers, referrals: referrals.map((one) => ({ ...one, link: whole(one.link) })) });
    },
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
    release: (call, fence) =>
      ask({ method: 'POST', path: `/v1/calls/${call}/lease/release`, body: { v, fence }, answer: lease }),
    events: (call, after) =>
      ask({ method: 'GET', path: `/v1/calls/${call}/events?after=${after}`, answer: callEventsPage }),
  };
}
