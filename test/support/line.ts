import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A wire between a desk and its hub that can be cut, while the hub itself goes on. */
export interface Line {
  /** What the desk is told is the hub. */
  readonly url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Passes bytes on as they come. Cut, it drops what is open and refuses connections, as a closed port does. */
export async function layLine(hubPort: number): Promise<Line> {
  const open = new Set<Socket>();
  const server = createServer((desk) => {
    const hub = connect(hubPort, '127.0.0.1');
    for (const [from, to] of [
      [desk, hub],
      [hub, desk],
    ] as const) {
      open.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const { port } = address;
  return { url: `http://127.0.0.1:${port}`, cut, mend: () => listen(port), close: cut };
}
