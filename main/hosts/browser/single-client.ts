import { type WebSocket } from '@fastify/websocket';
import { type Timers } from '../../../shared/time.ts';
import { CLOSE } from './transport.ts';

/** Lets one window in at a time, and notices when it has gone. */
export interface SingleClient {
  /** Resolves to whether this socket is now the one. A refused one has been closed with the reason. */
  admit(socket: WebSocket): Promise<boolean>;
  close(): void;
}

export interface SingleClientOptions {
  readonly timers: Timers;
  /** A window that does not answer a ping until the next one is due is taken for dead, in ms. */
  readonly pingMs?: number;
  /** How long a second window waits for a sign of life from the first, in ms. */
  readonly proofMs?: number;
  /** Called once there has been no window for `goneMs`. */
  readonly gone: () => void;
  readonly goneMs?: number;
}

export function singleClient(options: SingleClientOptions): SingleClient {
  const { timers, pingMs = 10_000, proofMs = 1_000, gone, goneMs = 3_000 } = options;
  let client: WebSocket | undefined;
  let cancelGone: (() => void) | undefined;

  function take(socket: WebSocket): void {
    client = socket;
    cancelGone?.();
    let cancelPing = timers.after(pingMs, ping);
    let isAnswered = true;
    function ping(): void {
      // A closing handshake would wait for a window that no longer answers.
      if (!isAnswered) return socket.terminate();
      isAnswered = false;
      socket.ping();
      cancelPing = timers.after(pingMs, ping);
    }
    socket.on('pong', () => (isAnswered = true));
    socket.on('close', () => {
      cancelPing();
      if (client !== socket) return;
      client = undefined;
      cancelGone = timers.after(goneMs, gone);
    });
  }

  /** A page that is being reloaded may knock before its old socket is seen to close. */
  function isAlive(socket: WebSocket): Promise<boolean> {
    if (socket.readyState !== socket.OPEN) return Promise.resolve(false);
    return new Promise((resolve) => {
      const cancel = timers.after(proofMs, () => done(false));
      const answered = (): void => done(true);
      const closed = (): void => done(false);
      function done(alive: boolean): void {
        cancel();
        socket.off('pong', answered);
        socket.off('close', closed);
        resolve(alive);
      }
      socket.on('pong', answered);
      socket.on('close', closed);
      socket.ping();
    });
  }

  return {
    async admit(socket) {
      while (client !== undefined) {
        const present = client;
        if (await isAlive(present)) {
          socket.close(CLOSE.anotherWindow.code, CLOSE.anotherWindow.reason);
          return false;
        }
        present.terminate();
        if (client === present) client = undefined;
      }
      take(socket);
      return true;
    },
    close() {
      cancelGone?.();
      client?.close(CLOSE.stopping.code, CLOSE.stopping.reason);
    },
  };
}
