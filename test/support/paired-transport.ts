import { type Transport } from '../../shared/bridge/transport.ts';

interface End extends Transport {
  close(): void;
}

/**
 * Two ends of one line in memory. Frames cross as JSON text, as they do over IPC and the WebSocket, in order and
 * never within the call that sent them.
 */
export function pairedTransport(): readonly [End, End] {
  const frames: [((frame: unknown) => void)[], ((frame: unknown) => void)[]] = [[], []];
  const closes: (() => void)[] = [];
  let open = true;
  const end = (mine: 0 | 1, theirs: 0 | 1): End => ({
    send(frame) {
      if (!open) return;
      const text = JSON.stringify(frame);
      queueMicrotask(() => {
        if (open) for (const listener of frames[theirs]) listener(JSON.parse(text));
      });
    },
    onFrame: (listener) => void frames[mine].push(listener),
    onClose: (listener) => void closes.push(listener),
    close() {
      if (!open) return;
      open = false;
      for (const listener of closes) listener();
    },
  });
  return [end(0, 1), end(1, 0)];
}
