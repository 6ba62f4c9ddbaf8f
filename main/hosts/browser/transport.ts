import { type WebSocket } from '@fastify/websocket';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { type Log } from '../../ports/log.ts';

/** Reasons we close a window's socket with. The window shows `reason` to the person. */
export const CLOSE = {
  anotherWindow: {
    code: 4001,
    reason: 'This desk is already open in another window or tab. Use that one, or close it.',
  },
  badFrame: { code: 4002, reason: 'The window sent something that is not a message.' },
  tooSlow: { code: 4003, reason: 'The window stopped answering.' },
  stopping: { code: 1001, reason: 'Lantern is stopping.' },
} as const;

/** The largest message either way, in bytes. ws itself closes with 1009 when a larger one comes in. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024;
/** Unsent answers a window may leave lying before it counts as too slow, in bytes. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** The bridge over one WebSocket: each frame is one JSON text message. */
export function socketTransport(socket: WebSocket, log: Log): Transport {
  const frameListeners: ((frame: unknown) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const frame = isBinary ? undefined : parseJson(data.toString('utf8'));
    if (frame === undefined) {
      log.warn({
        code: 'bridge.badFrame',
        field: '(whole)',
        message: 'a window sent something that is not JSON',
      });
      socket.close(CLOSE.badFrame.code, CLOSE.badFrame.reason);
      return;
    }
    for (const listener of frameListeners) listener(frame.value);
  });
  socket.on('close', () => {
    for (const listener of closeListeners) listener();
  });
  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_WAITING_BYTES)
        return socket.close(CLOSE.tooSlow.code, CLOSE.tooSlow.reason);
      socket.send(JSON.stringify(frame));
    },
    onFrame: (listener) => void frameListeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
  };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Answered by closing the socket with a reason.
    return undefined;
  }
}
