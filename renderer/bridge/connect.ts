import { type Connect } from './lasting-bridge.ts';
import { preloadTransport } from './preload-transport.ts';
import { type SocketClass, socketTransport } from './socket-transport.ts';

/** The parts of the page that tell which host it is in. */
export interface HostWindow {
  readonly lanternTransport?: unknown;
  readonly location: { readonly protocol: string; readonly host: string };
  readonly WebSocket: SocketClass;
}

/**
 * THE ONLY PLACE THAT ASKS WHICH HOST: Electron's preload when it is there, else the browser host's WebSocket, at `path`: the
 * trainer's console has one of its own.
 */
export function connectorOf(page: HostWindow, path = '/bridge'): Connect {
  if (page.lanternTransport !== undefined) {
    return () => {
      const transport = preloadTransport(page.lanternTransport);
      if (transport.ok) return Promise.resolve(transport.value);
      return Promise.reject(
        new Error(`window.lanternTransport ${transport.error.field} ${transport.error.message}`),
      );
    };
  }
  const { protocol, host } = page.location;
  const url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}`;
  return () => socketTransport(url, page.WebSocket);
}
