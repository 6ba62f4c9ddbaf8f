import type { BrowserWindow, IpcMain, IpcMainEvent } from 'electron';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { type Log } from '../../ports/log.ts';
import { APP_ORIGIN, CHANNEL } from './channel.ts';

/**
 * Serves the bridge to one window over IPC. Each page that is loaded gets its own transport, so that an answer
 * meant for the page before a reload never reaches the one after it.
 */
export function serveWindow(
  ipc: IpcMain,
  window: BrowserWindow,
  connect: (transport: Transport) => void,
  log: Log,
  /** Windows of this program that are served here too: each hears its own page alone. */
  beside: readonly BrowserWindow[] = [],
): void {
  const { webContents } = window;
  let page: Page | undefined;

  const begin = (): void => {
    page?.close();
    page = createPage((frame) => {
      if (!window.isDestroyed()) webContents.send(CHANNEL, frame);
    });
    connect(page.transport);
  };
  const end = (): void => {
    page?.close();
    page = undefined;
  };
  const receive = (event: IpcMainEvent, frame: unknown): void => {
    if (isOwnPage(event, window)) return page?.receive(frame);
    const isForAnother = beside.some(
      (other) => other !== window && !other.isDestroyed() && other.webContents.id === event.sender.id,
    );
    if (isForAnother) return;
    log.warn({
      code: 'bridge.foreignSender',
      field: 'sender',
      message: 'a frame from another page was dropped',
    });
  };

  ipc.on(CHANNEL, receive);
  webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) begin();
  });
  webContents.on('render-process-gone', end);
  window.on('closed', () => {
    ipc.off(CHANNEL, receive);
    end();
  });
}

/** Only the main frame of our own window, while it shows our own page. A frame that is gone is nobody's. */
function isOwnPage({ sender, senderFrame }: IpcMainEvent, window: BrowserWindow): boolean {
  if (window.isDestroyed() || senderFrame === null) return false;
  if (sender.id !== window.webContents.id || senderFrame.parent !== null) return false;
  return senderFrame.origin === APP_ORIGIN;
}

interface Page {
  readonly transport: Transport;
  receive(frame: unknown): void;
  close(): void;
}

function createPage(send: (frame: unknown) => void): Page {
  const frameListeners: ((frame: unknown) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let open = true;
  return {
    transport: {
      send: (frame) => {
        if (open) send(frame);
      },
      onFrame: (listener) => void frameListeners.push(listener),
      onClose: (listener) => void closeListeners.push(listener),
    },
    receive(frame) {
      for (const listener of frameListeners) listener(frame);
    },
    close() {
      open = false;
      for (const listener of closeListeners) listener();
    },
  };
}
