import { type CallsAtHub } from '../../main/ports/hub-link.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { err } from '../../shared/result.ts';

const away: Fault = { code: 'hub.away', field: '(whole)', message: 'the hub does not answer' };
const answer = () => Promise.resolve(err(away));

/** A hub that does not answer questions about other desks' calls: for tests about a single desk. */
export const noCallsAtHub: CallsAtHub = {
  team: answer,
  referrals: answer,
  holder: answer,
  lease: answer,
  renew: answer,
  release: answer,
  events: answer,
};
