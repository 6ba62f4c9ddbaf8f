import { type HubState } from '../../shared/bridge/contract.ts';
import { type Clock } from '../../shared/time.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';

/** What is known about the hub. Without the main process nothing is known but that it cannot be reached from here. */
export interface HubWatch {
  state(): HubState;
}

export function watchHub(bridge: Bridge, clock: Clock, changed: (state: HubState) => void): HubWatch {
  let state: HubState = { reach: 'unknown', since: clock.now() };
  const set = (next: HubState): void => {
    state = next;
    changed(next);
  };
  bridge.on('hub.changed', set);
  bridge.onOpen(() => {
    void bridge.call('hub.state', {}).then((answer) => {
      if (answer.ok) set(answer.value);
    });
  });
  bridge.onClose(() => {
    set({ reach: 'away', since: clock.now(), why: 'the desk program behind this window does not answer' });
  });
  return { state: () => state };
}
