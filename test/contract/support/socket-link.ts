import { type Transport } from '../../../shared/bridge/transport.ts';
import { browserDesk, letIn, openSocket } from '../../main/support/browser-desk.ts';
import { type Link, listeners } from './links.ts';

export interface SocketLink extends Link {
  /** Sends text that may be no frame at all. */
  readonly sendText: (text: string) => void;
}

/** A real WebSocket to the real browser host, through its guard. */
export async function socketLink(connect: (transport: Transport) => void): Promise<SocketLink> {
  let connected: () => void;
  const isConnected = new Promise<void>((resolve) => (connected = resolve));
  const desk = await browserDesk({
    connect: (transport) => {
      connect(transport);
      connected();
    },
  });
  const { socket, opened, closed } = openSocket(desk, await letIn(desk));
  const window = listeners();
  socket.on('message', (data: Buffer) => {
    const frame: unknown = JSON.parse(data.toString());
    for (const listener of window.frame) listener(frame);
  });
  socket.on('close', () => {
    for (const listener of window.close) listener();
  });
  await opened;
  await isConnected;
  return {
    transport: { send: (frame) => socket.send(JSON.stringify(frame)), ...window.on },
    sendText: (text) => socket.send(text),
    closed,
    close: () => socket.close(),
  };
}
