import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask } from './support/browser-desk.ts';
import { addressOf as address, startHost as start } from './support/host-process.ts';
import { tempFolder } from './support/temp-folder.ts';
import { freePort } from '../../hub/db/free-port.ts';

test('prints one address, and a page that was open goes on after a restart of the host', async () => {
  const port = await freePort();
  const settings = { LANTERN_DATA: await tempFolder(), LANTERN_DESK_PORT: String(port) };
  const first = start(settings);
  const { origin, search } = await address(first);
  expect(origin).toBe(`http://127.0.0.1:${port}`);
  const letIn = await ask(origin, `/${search}`);
  const cookie = letIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  first.child.kill('SIGTERM');
  expect(await first.code).toBe(0);
  expect(first.errors()).not.toContain('error');

  const second = start(settings);
  await address(second);
  const status = (await ask(origin, '/', { cookie })).status;
  // 503 where the window has not been built yet: let in, too.
  expect([200, 503]).toContain(status);
  expect(second.errors()).not.toContain('profile.takenOver');
});

test('after kill -9 the next start takes the profile over and says so', async () => {
  const settings = { LANTERN_DATA: await tempFolder(), LANTERN_DESK_PORT: String(await freePort()) };
  const first = start(settings);
  await address(first);
  first.child.kill('SIGKILL');
  await first.code;
  const second = start(settings);
  await address(second);
  expect(second.errors()).toContain(`took over the profile from process ${first.child.pid}`);
});

test('a taken port and a profile in use are one line each, with exit code 1', async () => {
  const data = await tempFolder();
  const port = String(await freePort());
  const first = start({ LANTERN_DATA: data, LANTERN_DESK_PORT: port });
  await address(first);
  const samePort = start({ LANTERN_DATA: join(data, 'other'), LANTERN_DESK_PORT: port });
  expect(await samePort.code).toBe(1);
  expect(samePort.errors()).toContain(`Lantern cannot start: LANTERN_DESK_PORT ${port} is taken`);
  const sameProfile = start({ LANTERN_DATA: data, LANTERN_DESK_PORT: String(await freePort()) });
  expect(await sameProfile.code).toBe(1);
  expect(sameProfile.errors()).toMatch(
    /^Lantern cannot start: profile is in use by another Lantern \(process \d+\).*\n$/,
  );
});

test.each([
  ['LANTERN_DESK_PORT', { LANTERN_DESK_PORT: 'seven' }, []],
  ['LANTERN_HUB_URL', { LANTERN_HUB_URL: 'http://hub.example' }, []],
  ['arguments', {}, ['--port=80']],
])('junk in %s is one line with exit code 2', async (named, environment, args) => {
  const host = start({ LANTERN_DATA: await tempFolder(), ...environment }, args);
  expect(await host.code).toBe(2);
  expect(host.errors()).toMatch(new RegExp(`^Lantern cannot start: .*${named}.*\n$`));
  expect(host.out()).toBe('');
});
