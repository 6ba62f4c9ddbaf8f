import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type RunningDesk } from './desk.ts';

/** Paper by the host. A dialogue may stand open for as long as a person likes: there is no time limit. */
export const hostPrint =
  (bridge: Bridge): NonNullable<RunningDesk['print']> =>
  async (how, title) => {
    const answer = await bridge.call('host.print', { how, title });
    return answer.ok ? answer.value : { why: answer.error.message };
  };

export const hostSave =
  (bridge: Bridge): NonNullable<RunningDesk['save']> =>
  async (name, text) => {
    const answer = await bridge.call('host.save', { name, text });
    return answer.ok ? answer.value : { why: answer.error.message };
  };
