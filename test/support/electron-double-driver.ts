import { assertNever } from '../../shared/result.ts';
import {
  app,
  type BrowserWindow,
  calls,
  type DoubleFrame,
  permissionHandlers,
  preventable,
  protocolHandlers,
  requests,
  windows,
} from './electron-double.ts';

/** What a test may order the double to do, from the other process. */
export type Order =
  | { readonly op: 'calls' }
  /** Which window the orders after it are about, in the order of their opening; the newest until then. */
  | { readonly op: 'pick'; readonly window: number }
  | { readonly op: 'appEvent'; readonly event: string; readonly args: readonly unknown[] }
  | {
      readonly op: 'contentsEvent';
      readonly event: string;
      readonly details: object;
      readonly args?: readonly unknown[];
    }
  | { readonly op: 'openWindow'; readonly url: string }
  | { readonly op: 'permission'; readonly permission: string }
  | { readonly op: 'fetch'; readonly url: string; readonly method: string }
  | { readonly op: 'request'; readonly url: string }
  | { readonly op: 'exposed' }
  | { readonly op: 'listen' }
  | { readonly op: 'send'; readonly frame: unknown; readonly as: 'page' | keyof typeof forged }
  | { readonly op: 'reload' }
  | { readonly op: 'closeWindow' };

const ownFrame: DoubleFrame = { origin: 'app://lantern', url: 'app://lantern/', parent: null };
/** Senders that are not our page. */
const forged = {
  subframe: { ...ownFrame, parent: ownFrame },
  otherOrigin: { ...ownFrame, origin: 'https://evil.example' },
  nearlyOrigin: { ...ownFrame, origin: 'app://lantern.evil' },
  noFrame: null,
} as const;

let picked = -1;
function window(): BrowserWindow {
  const present = windows.at(picked);
  if (present === undefined) throw new Error('the program has opened no window');
  return present;
}

interface RawTransport {
  send(frame: unknown): void;
  onFrame(listener: (frame: unknown) => void): void;
}
const page = (): RawTransport => window().webContents.exposed.lanternTransport as RawTransport;

async function obey(order: Order): Promise<unknown> {
  switch (order.op) {
    case 'calls':
      return calls.map((call) => JSON.parse(JSON.stringify(call)) as unknown);
    case 'pick':
      picked = order.window;
      return undefined;
    case 'appEvent': {
      const event = preventable({});
      app.emit(order.event, event, ...order.args);
      return event.defaultPrevented;
    }
    case 'contentsEvent': {
      const event = preventable(order.details);
      window().webContents.emit(order.event, event, ...(order.args ?? []));
      return event.defaultPrevented;
    }
    case 'openWindow': {
      const details = {
        url: order.url,
        frameName: '',
        features: '',
        disposition: 'new-window',
        referrer: null,
      };
      return window().webContents.openHandler?.(details as never);
    }
    case 'permission': {
      const { request, check, device } = permissionHandlers;
      const permission = order.permission as 'media';
      const granted = await new Promise((resolve) =>
        request?.({} as never, permission, resolve, {} as never),
      );
      const checked = check?.(null, permission, 'app://lantern', {} as never);
      return { request: granted, check: checked, device: device?.({} as never) };
    }
    case 'fetch': {
      const handler = protocolHandlers.get('app');
      const response = await handler?.({ url: order.url, method: order.method } as never);
      if (response === undefined) throw new Error('no handler for app:');
      const headers = Object.fromEntries(response.headers);
      return { status: response.status, headers, body: await response.text() };
    }
    case 'request':
      return new Promise((resolve) =>
        requests.before?.({ url: order.url, resourceType: 'xhr' } as never, resolve),
      );
    case 'exposed':
      return Object.entries(window().webContents.exposed).map(([name, api]) => [
        name,
        Object.keys(api as object),
      ]);
    case 'listen':
      page().onFrame((frame) => process.send?.({ frame }));
      return undefined;
    case 'send':
      if (order.as === 'page') page().send(order.frame);
      else window().webContents.receive('lantern:frame', forged[order.as], order.frame);
      return undefined;
    case 'reload':
      window().webContents.reload();
      return undefined;
    case 'closeWindow':
      window().close();
      return undefined;
    default:
      return assertNever(order);
  }
}

process.on('message', (message: { readonly id: number; readonly order: Order }) => {
  obey(message.order).then(
    (value) => process.send?.({ id: message.id, value }),
    (error: unknown) => process.send?.({ id: message.id, error: String(error) }),
  );
});
