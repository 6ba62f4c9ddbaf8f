import { contextBridge, ipcRenderer } from 'electron';
import { CHANNEL } from './channel.ts';

/**
 * All that the page gets from Electron: a way to send a frame and to hear one. It knows no business names, so
 * nothing here grows; the main process takes nothing outside the contract.
 */
contextBridge.exposeInMainWorld('lanternTransport', {
  send: (frame: unknown) => ipcRenderer.send(CHANNEL, frame),
  onFrame: (listener: (frame: unknown) => void) => {
    ipcRenderer.on(CHANNEL, (_event, frame: unknown) => listener(frame));
  },
});
