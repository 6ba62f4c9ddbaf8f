import { expect, test } from '@playwright/test';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { verifyAllStreams } from '../../hub/verify.ts';
import { readScript } from '../simulate/script.ts';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { type Traffic, watchTraffic } from './support/traffic.ts';
import { atHub, expectLightIsTrue, inJournal, inWindow } from './support/truth.ts';

// The main job: four callers, one desk, one evening. Everything by keyboard, everything for real.

test.describe.configure({ mode: 'serial' });

let desk: OpenDesk;
let traffic: Traffic;
test.beforeAll(async () => {
  desk = await openDesk();
  traffic = await watchTraffic(desk.page());
});
test.afterAll(async () => {
  await desk.close();
});

for (const name of ['maya', 'ellie', 'dev', 'priya']) {
  test(`${name} is taken from offered to closed by keyboard, and the save light tells the truth`, async () => {
    const script = readScript(join(import.meta.dirname, `../simulate/scripts/${name}.json`));
    if (!script.ok) throw new Error(script.error.message);
    const handler = new Handler(desk.page());
    const light = (): Promise<string> => handler.light();
    let hubIsUp = true;

    await handler.takeCall();
    for (const step of script.value.steps) {
      if ('hub' in step) {
        hubIsUp = step.hub === 'start';
        await (hubIsUp ? desk.lantern.startHub() : desk.lantern.killHub());
        continue;
      }
      await handler.perform(step);
      const said = hubIsUp ? await expectLightIsTrue(desk.page(), desk.lantern, light) : await light();
      if (!hubIsUp) expect(said).not.toContain('Safe at hub');
    }
    await expect.poll(light).toContain('Safe at hub');
    await desk.page().screenshot({ path: test.info().outputPath(`${name}-closed.png`) });
    await handler.backToStart();
  });
}

test('at the end the hub holds every event of the four calls once, in order, with a verified chain', async () => {
  const [window, journal, hub] = [
    await inWindow(desk.page(), desk.lantern),
    await inJournal(desk.lantern),
    await atHub(desk.lantern),
  ];
  expect(hub.length).toBeGreaterThan(100);
  expect(hub).toEqual(window);
  expect(journal).toEqual(window);
  expect(hub.map((event) => event.seq)).toEqual(hub.map((_event, at) => at + 1));

  const { pool } = await desk.lantern.database();
  const reports = await verifyAllStreams(pool);
  expect(reports.map(({ events, quarantined, faults }) => ({ events, quarantined, faults }))).toEqual([
    { events: hub.length, quarantined: 0, faults: [] },
  ]);
  const closed = await pool.query("SELECT count(*)::int AS n FROM events WHERE type = 'call.closed'");
  expect(closed.rows).toEqual([{ n: 4 }]);
  // The hub ran each call through the machine again and doubts nothing.
  await expect
    .poll(
      async () => (await pool.query('SELECT 1 FROM calls WHERE last_position > checked_position')).rowCount,
    )
    .toBe(0);
  expect((await pool.query('SELECT kind, detail FROM flags')).rows).toEqual([]);
});

test('through all four calls the window asked for its own files and its one socket, and for nothing else', () => {
  const own = new URL(desk.page().url());
  const addresses = traffic.asked().map((address) => new URL(address));
  const sockets = addresses.filter(({ protocol }) => protocol === 'ws:');
  const files = addresses.filter(({ protocol }) => protocol !== 'ws:');
  console.log(`the window asked for ${files.length} files and ${sockets.length} socket, all of its own`);
  expect([...new Set(sockets.map(({ href }) => href))]).toEqual([`ws://${own.host}/bridge`]);
  expect(files.length).toBeGreaterThan(2);
  expect([...new Set(files.map(({ origin }) => origin))]).toEqual([own.origin]);
  for (const { pathname, search } of files)
    expect(`${pathname}${search}`).toMatch(/^\/(?:favicon\.ico|assets\/[\w.-]+)?$/);
});

test('a script in the window that would reach elsewhere is stopped before anything is sent, and seen', async () => {
  let reached = 0;
  const elsewhere = createServer((_request, response) => {
    reached += 1;
    response.end();
  });
  elsewhere.on('connection', () => (reached += 1));
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  try {
    const outcomes = await desk.page().evaluate(async (to) => {
      const failed = (target: EventTarget): Promise<string> =>
        new Promise((resolve) => target.addEventListener('error', () => resolve('stopped'), { once: true }));
      const image = new Image();
      const pictureFailed = failed(image);
      image.src = `${to}image`;
      const style = document.createElement('link');
      const styleFailed = failed(style);
      style.rel = 'stylesheet';
      style.href = `${to}style`;
      document.head.append(style);
      // A script gets no address at all: trusted types refuse the text before the browser could ask for it.
      let script = 'sent';
      try {
        document.createElement('script').src = `${to}script`;
      } catch {
        script = 'stopped';
      }
      const request = new XMLHttpRequest();
      const requestFailed = failed(request);
      request.open('GET', `${to}xhr`);
      request.send();
      const socket = (): Promise<string> => {
        try {
          return failed(new WebSocket(`${to.replace('http', 'ws')}socket`));
        } catch {
          return Promise.resolve('stopped');
        }
      };
      navigator.sendBeacon(`${to}beacon`, 'x');
      const asked = await fetch(`${to}fetch`, { mode: 'no-cors' }).then(
        () => 'sent',
        () => 'stopped',
      );
      const found = await Promise.all([pictureFailed, styleFailed, requestFailed, socket()]);
      style.remove();
      return [asked, script, ...found];
    }, address);
    expect(outcomes).toEqual(Array.from({ length: 6 }, () => 'stopped'));
    // The same list that was empty of strangers above does see them.
    await expect
      .poll(() => traffic.stopped().filter((one) => one.startsWith(address)).length)
      .toBeGreaterThanOrEqual(3);
    expect(reached).toBe(0);
  } finally {
    elsewhere.close();
  }
});
