import { useEffect, useState } from 'react';
import { type Bridge } from '../../bridge/lasting-bridge.ts';
import { type Desk } from '../../call/desk.ts';
import { hostPrint } from '../../call/host-files.ts';

/** Paper of the console's own window by its host; undefined where the page prints by itself. */
export function useOwnPaper(bridge: Bridge): Desk['print'] {
  const [isByHost, setByHost] = useState(false);
  useEffect(() => {
    bridge.onOpen(() => {
      void bridge.call('host.describe', {}).then((answer) => {
        if (answer.ok) setByHost(answer.value.capabilities.print === 'host');
      });
    });
  }, [bridge]);
  return isByHost ? hostPrint(bridge) : undefined;
}
