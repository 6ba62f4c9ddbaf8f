import type { Event } from 'electron';

/** What of Electron's `app` ends the program. */
export interface Ending {
  on(event: 'will-quit', heard: (event: Pick<Event, 'preventDefault'>) => void): unknown;
  quit(): void;
}

/**
 * Before the program ends, what is being written is finished: the end waits for `close`, which is called once however often
 * the end is told. A signal can come twice (`when-exit` under `conf` raises it again), and so can `will-quit`. `close`
 * answers undefined while nothing is open. `failed` is called when it rejects.
 */
export function closeBeforeQuit(
  app: Ending,
  close: () => Promise<void> | undefined,
  failed: () => void,
): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    if (state === 'closing') return event.preventDefault();
    const closing = close();
    if (closing === undefined) return;
    event.preventDefault();
    state = 'closing';
    closing.then(() => {
      state = 'closed';
      app.quit();
    }, failed);
  });
}
