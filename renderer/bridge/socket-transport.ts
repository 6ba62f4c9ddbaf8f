import { type ClosableTransport } from './lasting-bridge.ts';

/** The few things needed of a WebSocket: the browser's, or Node's own. */
export type SocketClass = new (url: string) => WebSocket;

/** Opens a WebSocket to the browser host: one JSON text message for each frame. Rejects when it does not open. */
export function socketTransport(url: string, Socket: SocketClass): Promise<ClosableTransport> {
  return new Promise((resolve, reject) => {
    const socket = new Socket(url);
    const frameListeners: ((frame: unknown) => void)[] = [];
    const closeListeners: (() => void)[] = [];
    socket.addEventListener('open', () => {
      resolve({
        send: (frame) => socket.send(JSON.stringify(frame)),
        onFrame: (listener) => void frameListeners.push(listener),
        onClose: (listener) => void closeListeners.push(listener),
        close: () => socket.close(),
      });
    });
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const frame = parseMessage(data);
      for (const listener of frameListeners) listener(frame);
    });
    // `error` is always followed by `close`, and says nothing more.
    socket.addEventListener('close', () => {
      reject(new Error('the browser host did not take the connection'));
      for (const listener of closeListeners) listener();
    });
  });
}

/** What is not JSON is handed on as it came, and refused as a frame by whoever parses frames. */
function parseMessage(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
