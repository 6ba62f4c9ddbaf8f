import { type ClosableTransport } from '../../renderer/bridge/lasting-bridge.ts';
import { type Transport } from '../../shared/bridge/transport.ts';

/** Two ends of one line in memory. Frames cross as JSON text, as they do over the WebSocket. */
export interface Line {
  readonly window: ClosableTransport;
  readonly main: Transport;
  /** Both ends hear of it. */
  close(): void;
  /** Nothing arrives anywhere any more, and nobody is told: a process has died. */
  cut(): void;
}

export function pairedTransport(): Line {
  let open = true;
  const listeners = { window: [] as ((frame: unknown) => void)[], main: [] as ((frame: unknown) => void)[] };
  const onClose: (() => void)[] = [];
  const close = (): void => {
    if (!open) return;
    open = false;
    for (const listener of onClose) listener();
  };
  const end = (mine: 'window' | 'main', other: 'window' | 'main'): Transport => ({
    send(frame) {
      const text = JSON.stringify(frame);
      setImmediate(() => {
        if (open) for (const listener of listeners[other]) listener(JSON.parse(text));
      });
    },
    onFrame: (listener) => void listeners[mine].push(listener),
    onClose: (listener) => void onClose.push(listener),
  });
  return {
    window: { ...end('window', 'main'), close },
    main: end('main', 'window'),
    close,
    cut: () => (open = false),
  };
}
