import { type ClosableTransport } from '../../../renderer/bridge/lasting-bridge.ts';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { type Life } from './life.ts';

/** The line between a window and its main process. Frames cross as JSON text, and each arrival is a crossing. */
export interface BridgeLine {
  readonly window: ClosableTransport;
  readonly main: Transport;
  /** Both ends that still live hear of it. */
  close(): void;
}

export function bridgeLine(windowLife: Life, mainLife: Life): BridgeLine {
  let open = true;
  const lives = { window: windowLife, main: mainLife };
  const listeners = { window: [] as ((frame: unknown) => void)[], main: [] as ((frame: unknown) => void)[] };
  const onClose: { life: Life; run: () => void }[] = [];
  // Heard a turn later, as the end of a socket is: nobody who has just been connected misses it.
  const tell = (): void =>
    void setImmediate(() => {
      for (const { life, run } of onClose.splice(0)) if (life.cross()) run();
    });
  const close = (): void => {
    if (!open) return;
    open = false;
    tell();
  };
  const end = (mine: 'window' | 'main', other: 'window' | 'main'): Transport => ({
    send(frame) {
      if (!lives[mine].alive()) return;
      const text = JSON.stringify(frame);
      setImmediate(() => {
        if (!open || !lives[other].cross()) return;
        for (const listener of listeners[other]) listener(JSON.parse(text));
      });
    },
    onFrame: (listener) => void listeners[mine].push(listener),
    onClose(run) {
      onClose.push({ life: lives[mine], run });
      if (!open) tell();
    },
  });
  return { window: { ...end('window', 'main'), close }, main: end('main', 'window'), close };
}
