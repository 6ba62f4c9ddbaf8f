import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RawSocket {
  readonly socket: Socket;
  /** Everything that came back, as bytes are letters. */
  readonly heard: () => string;
  /** Resolves with all of it once the other end has hung up. */
  readonly ended: Promise<string>;
}

/** A plain TCP connection to a server on this computer: whatever is written goes out as it is. */
export function rawSocket(origin: string, text: string | Uint8Array): RawSocket {
  let heard = '';
  const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.write(text));
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
  // What a server does to an attacker: it may also reset the line.
  socket.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
  onTestFinished(() => void socket.destroy());
  return { socket, heard: () => heard, ended };
}
