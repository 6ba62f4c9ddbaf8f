import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startBrowserServer } from '../../main/hosts/browser/server.ts';
import { systemClock, systemTimers } from '../../main/services/node-system.ts';
import { type Transport } from '../../shared/bridge/transport.ts';
import { ask, browserDesk, letIn, openSocket, smallWindow } from './support/browser-desk.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

describe('getting in', () => {
  test('the printed address works once, and gives a cookie that no script and no other site can use', async () => {
    const desk = await browserDesk();
    const { search } = new URL(desk.freshAddress());
    const first = await ask(desk.origin, `/${search}`);
    expect(first).toMatchObject({ status: 303, headers: { location: '/', 'cache-control': 'no-store' } });
    const cookie = first.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(/^lantern-desk-\d+=.+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await ask(desk.origin, '/', { cookie: cookie.split(';')[0] ?? '' })).toMatchObject({
      status: 200,
    });
    const second = await ask(desk.origin, `/${search}`);
    expect(second.status).toBe(403);
    expect(second.body).toContain('no longer opens the desk');
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('a newer address makes the older one worthless', async () => {
    const desk = await browserDesk();
    const older = new URL(desk.freshAddress());
    desk.freshAddress();
    expect((await ask(desk.origin, `/${older.search}`)).status).toBe(403);
  });

  test.each([
    '',
    'lantern-desk-PORT=',
    'lantern-desk-PORT=a.b.c',
    'lantern-desk-PORT=9999999999999.x.',
    'other=1',
  ])('without a good cookie (%j) nothing is served', async (template) => {
    const desk = await browserDesk();
    const cookie = template.replace('PORT', new URL(desk.origin).port);
    for (const path of ['/', '/index.html', '/assets/index-a1b2c3d4.js', '/nothing']) {
      expect((await ask(desk.origin, path, { cookie })).status, path).toBe(403);
    }
    expect(await openSocket(desk, cookie).opened).toBe(403);
  });

  test('a cookie holds over a restart of the host, not over another secret', async () => {
    const secret = new Uint8Array(32).fill(7);
    const first = await browserDesk({ secret });
    const cookie = await letIn(first);
    const port = Number(new URL(first.origin).port);
    await first.close();
    const second = await browserDesk({ secret, port });
    expect((await ask(second.origin, '/', { cookie })).status).toBe(200);
    await second.close();
    const third = await browserDesk({ port });
    expect((await ask(third.origin, '/', { cookie })).status).toBe(403);
  });
});

describe('who may ask', () => {
  test.each([
    ['host', { host: 'evil.example' }, 421],
    ['host', { host: 'localhost:PORT' }, 421],
    ['host', { host: '127.0.0.1' }, 421],
    ['origin', { origin: 'https://evil.example' }, 403],
    ['origin', { origin: 'null' }, 403],
    ['origin', { origin: 'http://127.0.0.1:1' }, 403],
    ['sec-fetch-site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    ['sec-fetch-site', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, 403],
  ])('a foreign %s is refused even with the cookie: %j', async (field, template, status) => {
    const desk = await browserDesk();
    const cookie = await letIn(desk);
    const { port } = new URL(desk.origin);
    const headers = Object.entries(template).map(([name, value]) => [name, value.replace('PORT', port)]);
    const answer = await ask(desk.origin, '/', { cookie, ...Object.fromEntries(headers) });
    expect(answer.status).toBe(status);
    expect(desk.log.entries).toContainEqual(expect.objectContaining({ code: 'desk.refused', field }));
  });

  test.each([{ origin: 'https://evil.example' }, { origin: '' }, { host: 'evil.example' }])(
    'a WebSocket with %j is refused before it opens',
    async (headers) => {
      const desk = await browserDesk();
      const status = await openSocket(desk, await letIn(desk), headers).opened;
      expect([403, 421]).toContain(status);
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
    const desk = await browserDesk();
    const cookie = await letIn(desk);
    expect((await ask(desk.origin, '/', { cookie }, method)).status).toBe(403);
  });

  test('nothing answers on any other address of this computer', async () => {
    const desk = await browserDesk();
    const port = Number(new URL(desk.origin).port);
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((one) => one !== undefined && !one.internal);
    for (const { address } of others.filter((one) => one?.family === 'IPv4') as { address: string }[]) {
      const outcome = await new Promise((resolve) => {
        const socket = connect({ host: address, port }, () => resolve('connected'));
        socket.once('error', () => resolve('refused'));
        socket.once('close', () => socket.destroy());
      });
      expect(outcome, address).toBe('refused');
    }
  });
});

describe('what is served', () => {
  test('every answer carries the strict headers, pages of our own included', async () => {
    const desk = await browserDesk();
    const cookie = await letIn(desk);
    for (const path of ['/', '/assets/index-a1b2c3d4.js', '/nothing', '/?token=wrong']) {
      const { headers } = await ask(desk.origin, path, { cookie });
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain(`connect-src 'self' ${desk.origin.replace('http', 'ws')}`);
      expect(policy).toContain("frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
    expect((await ask(desk.origin, '/', { cookie })).headers['cache-control']).toBe('no-store');
    expect(
      (await ask(desk.origin, '/assets/index-a1b2c3d4.js', { cookie })).headers['cache-control'],
    ).toContain('immutable');
  });

  test.each([
    '/../secret.key',
    '/%2e%2e/secret.key',
    '/..%2fsecret.key',
    '/assets/../../secret.key',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.key',
    '/..\\secret.key',
    '//etc/passwd',
    '/.env',
    '/%00',
    '/%',
  ])('%s leads nowhere', async (path) => {
    const desk = await browserDesk();
    const answer = await ask(desk.origin, path, { cookie: await letIn(desk) });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('secret.key');
    expect(answer.body).not.toContain('a secret');
    expect(answer.body).not.toContain('root:');
  });

  test('a window that was not built is said on a page', async () => {
    const desk = await browserDesk({ renderer: join(await tempFolder(), 'missing') });
    const answer = await ask(desk.origin, '/', { cookie: await letIn(desk) });
    expect(answer.status).toBe(503);
    expect(answer.body).toContain('npm run build');
  });

  test('a taken port is one readable line, never another port', async () => {
    const desk = await browserDesk();
    const port = Number(new URL(desk.origin).port);
    const second = await startBrowserServer({
      port,
      renderer: await smallWindow(),
      secret: new Uint8Array(32),
      connect: () => undefined,
      gone: () => undefined,
      clock: systemClock,
      timers: systemTimers,
      log: recordLog(),
    });
    expect(second).toMatchObject({
      ok: false,
      error: {
        code: 'desk.portTaken',
        field: 'LANTERN_DESK_PORT',
        message: expect.stringContaining(String(port)),
      },
    });
  });
});

describe('the one window', () => {
  test('a second one is refused with a reason a person can read, and the first goes on', async () => {
    const transports: Transport[] = [];
    const desk = await browserDesk({ connect: (transport) => transports.push(transport) });
    const cookie = await letIn(desk);
    const first = openSocket(desk, cookie);
    await first.opened;
    await expect.poll(() => transports.length).toBe(1);
    const second = openSocket(desk, cookie);
    expect(await second.closed).toEqual({
      code: 4001,
      reason: expect.stringContaining('already open in another window'),
    });
    expect(transports).toHaveLength(1);
    expect(first.socket.readyState).toBe(first.socket.OPEN);
  });

  test('a reload gets in at once', async () => {
    const transports: Transport[] = [];
    const desk = await browserDesk({ connect: (transport) => transports.push(transport) });
    const cookie = await letIn(desk);
    for (let count = 1; count <= 3; count++) {
      const client = openSocket(desk, cookie);
      await client.opened;
      await expect.poll(() => transports.length).toBe(count);
      client.socket.close();
    }
  });

  test('a window that no longer answers makes room for another', async () => {
    const transports: Transport[] = [];
    const desk = await browserDesk({ pingMs: 50, connect: (transport) => transports.push(transport) });
    const cookie = await letIn(desk);
    const dead = openSocket(desk, cookie);
    await dead.opened;
    dead.socket.pause();
    const second = openSocket(desk, cookie);
    await second.opened;
    await expect.poll(() => transports.length).toBe(2);
  });

  test('when it has gone for a while a fresh address is printed, and that one works', async () => {
    const desk = await browserDesk({ goneMs: 20 });
    const client = openSocket(desk, await letIn(desk));
    await client.opened;
    expect(desk.printed).toEqual([]);
    client.socket.close();
    await expect.poll(() => desk.printed.length).toBe(1);
    const { search } = new URL(desk.printed[0] ?? '');
    expect((await ask(desk.origin, `/${search}`)).status).toBe(303);
  });

  test.each([
    ['not JSON', 'not JSON'],
    ['half a frame', '{"v":1,'],
    ['bytes', Buffer.from([1, 2, 3])],
  ])('%s closes the socket with a reason', async (_what, message) => {
    const desk = await browserDesk();
    const client = openSocket(desk, await letIn(desk));
    await client.opened;
    client.socket.send(message);
    expect(await client.closed).toMatchObject({ code: 4002, reason: expect.any(String) });
    expect(desk.log.codes()).toContain('bridge.badFrame');
  });

  test('a frame over 8 MiB closes the socket with 1009', async () => {
    const desk = await browserDesk();
    const client = openSocket(desk, await letIn(desk));
    await client.opened;
    client.socket.on('error', () => undefined);
    client.socket.send(' '.repeat(8 * 1024 * 1024 + 1));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  test('stopping the host closes it with a reason', async () => {
    const desk = await browserDesk();
    const client = openSocket(desk, await letIn(desk));
    await client.opened;
    await desk.close();
    expect((await client.closed).code).toBe(1001);
  });
});
