import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type Random } from '../verdict/random.ts';

/** What the line does to whatever passes. `stall` holds everything back and lets nothing go. */
export type LineFault = 'none' | 'stall' | 'reset' | 'truncate' | 'duplicate' | 'refuse';

/** A line between two programs, on a port of its own, that can be broken in the ways lines break. */
export interface TcpProxy {
  readonly port: number;
  /** Connections made from now on go there; those that are open are broken. */
  moveTo(port: number): void;
  set(fault: LineFault): void;
  /** Called with each piece that goes towards the server. */
  onRequest(listener: (() => void) | undefined): void;
  /** Faults that met a connection, by kind. */
  readonly met: ReadonlyMap<LineFault, number>;
  close(): Promise<void>;
}

export async function startTcpProxy(target: number, random: Random): Promise<TcpProxy> {
  let to = target;
  let fault: LineFault = 'none';
  let requested: (() => void) | undefined;
  const lines = new Set<Line>();
  const met = new Map<LineFault, number>();
  const count = (kind: LineFault): void => void met.set(kind, (met.get(kind) ?? 0) + 1);

  const server = createServer((client) => {
    if (fault === 'refuse') {
      count('refuse');
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(to, '127.0.0.1');
    const twin = fault === 'duplicate' ? connect(to, '127.0.0.1') : undefined;
    if (twin !== undefined) count('duplicate');
    const line: Line = { client, upstream, twin, end: (how) => endLine(line, how) };
    lines.add(line);
    for (const socket of [client, upstream, twin]) {
      socket?.setNoDelay(true);
      socket?.on('error', () => undefined);
    }
    // The twin's answers go nowhere; reading them keeps it from blocking.
    twin?.resume();
    client.on('data', (bytes) => {
      requested?.();
      pass(line, bytes, upstream);
      if (twin !== undefined && !twin.destroyed) twin.write(bytes);
    });
    upstream.on('data', (bytes) => pass(line, bytes, client));
    client.on('close', () => line.end('close'));
    upstream.on('close', () => line.end('close'));
    if (fault === 'stall') hold(line);
  });

  function pass(line: Line, bytes: Buffer, other: Socket): void {
    if (fault === 'reset') {
      count('reset');
      // Once the first part has gone out, the line breaks.
      other.write(bytes.subarray(0, random.between(0, bytes.length)), () => line.end('reset'));
    } else if (fault === 'truncate') {
      count('truncate');
      other.end(bytes.subarray(0, random.between(0, bytes.length - 1)));
      line.end('close');
    } else other.write(bytes);
  }

  function hold(line: Line): void {
    count('stall');
    line.client.pause();
    line.upstream.pause();
  }

  function endLine(line: Line, how: 'close' | 'reset'): void {
    if (!lines.delete(line)) return;
    for (const socket of [line.client, line.upstream, line.twin]) {
      if (how === 'reset') socket?.resetAndDestroy();
      else if (socket?.isPaused() === true) socket.destroy();
      else socket?.end();
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    met,
    moveTo(port) {
      to = port;
      for (const line of lines) line.end('reset');
    },
    set(next) {
      fault = next;
      for (const line of lines) {
        if (next === 'stall') hold(line);
        // Only a new connection can be refused or made twice.
        else if (next === 'refuse' || next === 'duplicate') line.end('reset');
        else {
          line.client.resume();
          line.upstream.resume();
        }
      }
    },
    onRequest(listener) {
      requested = listener;
    },
    async close() {
      for (const line of lines) line.end('reset');
      server.close();
      await once(server, 'close');
    },
  };
}

interface Line {
  readonly client: Socket;
  readonly upstream: Socket;
  readonly twin: Socket | undefined;
  end(how: 'close' | 'reset'): void;
}
