import { type Transport } from '../../../shared/bridge/transport.ts';
import { type Link, listeners } from './links.ts';

/** Two ends in one process; frames are cloned and arrive a moment later, as on a wire. */
export function memoryLink(connect: (transport: Transport) => void): Promise<Link> {
  const window = listeners();
  const main = listeners();
  let open = true;
  const deliver = (to: ReturnType<typeof listeners>, frame: unknown): void => {
    const copy: unknown = structuredClone(frame);
    setImmediate(() => {
      if (open) for (const listener of to.frame) listener(copy);
    });
  };
  let ended: (value: unknown) => void;
  const closed = new Promise((resolve) => (ended = resolve));
  connect({ send: (frame) => deliver(window, frame), ...main.on });
  return Promise.resolve({
    transport: { send: (frame) => deliver(main, frame), ...window.on },
    closed,
    close() {
      open = false;
      for (const listener of [...window.close, ...main.close]) listener();
      ended(undefined);
    },
  });
}
