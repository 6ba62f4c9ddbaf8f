import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { WebSocket } from 'ws';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock, systemTimers, uuidSource } from '../../main/services/node-system.ts';
import { socketTransport } from '../../renderer/bridge/socket-transport.ts';
import { createDesk } from '../../renderer/call/create-desk.ts';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { webImportKey } from '../../renderer/store/web-box.ts';
import { digest } from '../support/digest.ts';
import { ask } from '../main/support/browser-desk.ts';
import { addressOf, type HostProcess, startHost } from '../main/support/host-process.ts';
import { tempFolder } from '../main/support/temp-folder.ts';
import { freePort } from '../../hub/db/free-port.ts';

/** A window's real program at the real host, without its screen: over the same socket, with the cookie of a browser. */
async function windowOf(host: HostProcess, indexedDb: IDBFactory): Promise<RunningDesk> {
  const { origin, search } = await addressOf(host);
  const cookie = (await ask(origin, `/${search}`)).headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  // The browser's class as far as the transport uses it; a browser sends these two headers by itself.
  class WithCookie extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { origin, cookie } });
      // A browser's socket says nothing more than that it has closed.
      this.on('error', () => undefined);
    }
  }
  const desk = await createDesk({
    connect: () => socketTransport(`${origin.replace('http', 'ws')}/bridge`, WithCookie as never),
    indexedDb: { factory: indexedDb, keyRange: IDBKeyRange },
    locks: { take: () => Promise.resolve({ release: () => undefined }), whenFree: () => Promise.resolve() },
    digest,
    importKey: webImportKey,
    clock: systemClock,
    timers: systemTimers,
    ids: uuidSource,
    random: Math.random,
    report: () => undefined,
  });
  onTestFinished(() => desk.close());
  return desk;
}

const stillRuns = (host: HostProcess): boolean =>
  host.child.exitCode === null && host.child.signalCode === null;

test(
  'Ctrl+C with a call open and entries unsent: said once with numbers, the desk goes on, the second one leaves',
  { timeout: 120_000 },
  async () => {
    const settings = { LANTERN_DATA: await tempFolder(), LANTERN_DESK_PORT: String(await freePort()) };
    const host = startHost(settings);
    const indexedDb = new IDBFactory();
    const desk = await windowOf(host, indexedDb);
    const call = desk.takeCall({ source: 'handler' });
    desk.record(call, { type: 'note.added', data: { text: 'by the weir, alone' } });
    await expect.poll(() => desk.light().kind, { timeout: 30_000 }).toBe('onThisPc');
    // What the screen does after every change.
    desk.tellStake();
    // The answer to a later question shows that the host has heard the one before it.
    await desk.pack('status');

    host.child.kill('SIGINT');
    await expect
      .poll(host.out, { timeout: 30_000 })
      .toContain('Ctrl+C again within a minute leaves all the same.');
    const askedAt = systemClock.now();
    expect(host.out()).toMatch(/Quit Lantern with 1 call open\?/);
    expect(host.out()).toMatch(/3 entries not yet at the hub/);
    expect(host.out()).toContain('nothing is deleted');
    expect(host.out() + host.errors()).not.toMatch(/weir|Okafor/);
    expect(stillRuns(host)).toBe(true);
    desk.record(call, { type: 'note.added', data: { text: 'after the question' } });
    await expect.poll(() => desk.facts().inJournal, { timeout: 30_000 }).toBe(4);
    expect(stillRuns(host)).toBe(true);

    // Once more, by somebody who has read it: what comes at once after the first is the same press.
    await expect.poll(() => systemClock.now() - askedAt, { timeout: 30_000 }).toBeGreaterThan(500);
    host.child.kill('SIGINT');
    expect(await host.code).toBe(0);
    await desk.close();

    const again = await windowOf(startHost(settings), indexedDb);
    const notes = again.call(call)?.events.filter(({ type }) => type === 'note.added');
    expect(notes?.map(({ data }) => data)).toEqual([
      { text: 'by the weir, alone' },
      { text: 'after the question' },
    ]);
  },
);

test(
  'Ctrl+C with nothing at stake leaves at once, and so does the system’s own request to stop, whatever is',
  { timeout: 120_000 },
  async () => {
    const settings = { LANTERN_DATA: await tempFolder(), LANTERN_DESK_PORT: String(await freePort()) };
    const host = startHost(settings);
    const indexedDb = new IDBFactory();
    const desk = await windowOf(host, indexedDb);
    desk.tellStake();
    await desk.pack('status');
    host.child.kill('SIGINT');
    expect(await host.code).toBe(0);
    expect(host.out()).not.toContain('Ctrl+C');
    await desk.close();

    const next = startHost(settings);
    const busy = await windowOf(next, indexedDb);
    busy.takeCall({ source: 'handler' });
    await expect.poll(() => busy.light().kind, { timeout: 30_000 }).toBe('onThisPc');
    busy.tellStake();
    await busy.pack('status');
    next.child.kill('SIGTERM');
    expect(await next.code).toBe(0);
  },
);
