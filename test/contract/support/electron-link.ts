import type { BrowserWindow as ElectronWindow, IpcMain } from 'electron';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildPreload } from '../../../main/build.ts';
import { serveWindow } from '../../../main/hosts/electron/transport.ts';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { recordLog } from '../../main/support/logs.ts';
import { tempFolder } from '../../main/support/temp-folder.ts';
import { BrowserWindow, ipcMain } from '../../support/electron-double.ts';
import { type Link, listeners } from './links.ts';

interface RawTransport {
  send(frame: unknown): void;
  onFrame(listener: (frame: unknown) => void): void;
}

/** The real transport of the Electron host and the built preload, joined by the double's IPC. */
export async function electronLink(connect: (transport: Transport) => void): Promise<Link> {
  const folder = await tempFolder();
  await buildPreload(folder);
  const window = new BrowserWindow({ webPreferences: { preload: join(folder, 'preload.cjs') } });
  // The double has the parts that the transport uses, and no others.
  serveWindow(ipcMain as IpcMain, window as unknown as ElectronWindow, connect, recordLog());
  await window.loadURL('app://lantern/');
  const raw = window.webContents.exposed.lanternTransport as RawTransport;
  const own = listeners();
  raw.onFrame((frame) => {
    for (const listener of own.frame) listener(frame);
  });
  let ended: (value: unknown) => void;
  const closed = new Promise((resolve) => (ended = resolve));
  const close = (): void => {
    window.removeAllListeners('ready-to-show');
    window.emit('closed');
    // A page's end of IPC ends with the page itself: nobody is left to be told, so the test tells the client.
    for (const listener of own.close.splice(0)) listener();
    ended(undefined);
  };
  onTestFinished(close);
  return { transport: { send: (frame) => raw.send(frame), ...own.on }, closed, close };
}
