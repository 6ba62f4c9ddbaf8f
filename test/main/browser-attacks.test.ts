import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ask, type BrowserDesk, browserDesk, letIn, openSocket } from './support/browser-desk.ts';
import { rawSocket } from './support/raw-socket.ts';

/** An attack on the browser host's own server: by what else runs on this PC, or by a page in the same browser. */
async function attacked(patienceMs = 400): Promise<BrowserDesk & { cookie: string; host: string }> {
  const desk = await browserDesk({ patienceMs });
  return { ...desk, cookie: await letIn(desk), host: new URL(desk.origin).host };
}
/** Its own window still gets its page and its bridge. */
async function expectInService(desk: BrowserDesk & { cookie: string }): Promise<void> {
  expect((await ask(desk.origin, '/', { cookie: desk.cookie })).status).toBe(200);
  const client = openSocket(desk, desk.cookie);
  expect(await client.opened).toBe(101);
  client.socket.close();
  await client.closed;
}
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

describe('a slow sender', () => {
  test('of headers, a body, or nothing at all is cut off in time, two hundred at once, and the window does not notice', async () => {
    const desk = await attacked();
    const start = `GET / HTTP/1.1\r\nHost: ${desk.host}\r\n`;
    const slow = Array.from({ length: 200 }, (_, n) =>
      rawSocket(
        desk.origin,
        [start, `${start}X-${n}: `, `${start}Content-Length: 1000\r\n\r\nab`, 'G'][n % 4] ?? '',
      ),
    );
    // A drop now and then does not buy more time.
    const drip = setInterval(() => slow.forEach(({ socket }) => socket.writable && socket.write('a')), 100);
    await expectInService(desk);
    await Promise.all(slow.map(({ ended }) => ended));
    clearInterval(drip);
    for (const { heard } of slow) expect([0, 400, 403, 408]).toContain(statusOf(heard()));
    await expectInService(desk);
  });

  test('of a frame keeps no other window out: it answers no ping, and makes room', async () => {
    const desk = await browserDesk({ pingMs: 50 });
    const cookie = await letIn(desk);
    const { host } = new URL(desk.origin);
    const upgrade = handshake(host, { cookie, origin: desk.origin });
    const half = rawSocket(desk.origin, upgrade);
    await expect.poll(half.heard).toContain('101 Switching Protocols');
    // A frame of a megabyte that never comes.
    half.socket.write(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4, 0x20]));
    const own = openSocket(desk, cookie);
    expect(await own.opened).toBe(101);
    await expect.poll(() => half.socket.destroyed || half.socket.readableEnded).toBe(true);
    expect(own.socket.readyState).toBe(own.socket.OPEN);
  });
});

describe('too much', () => {
  test.each([
    [
      'a header',
      (host: string) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    ['an address', (host: string) => `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 431],
    [
      'a cookie',
      (host: string) => `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: a=${'b'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    [
      'two lengths, as for smuggling',
      (host: string) =>
        `GET / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /secret HTTP/1.1\r\n\r\n`,
      400,
    ],
    ['a line that is none', () => '\r\n\r\n\0\0GET\r\n\r\n', 400],
  ])('of %s is refused and the line is closed', async (_what, request, status) => {
    const desk = await attacked();
    const raw = rawSocket(desk.origin, request(desk.host));
    expect(statusOf(await raw.ended)).toBe(status);
    expect(raw.heard()).not.toContain('<title>Lantern</title>');
    await expectInService(desk);
  });

  const masked = (opcode: number, length: number, extended: boolean): Buffer =>
    extended
      ? Buffer.concat([Buffer.from([opcode, 0xff]), lengthOf(length), Buffer.alloc(4)])
      : Buffer.from([opcode, 0x80 | length, 0, 0, 0, 0]);
  const lengthOf = (length: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(length));
    return bytes;
  };
  test.each([
    ['a frame that says it is a terabyte', masked(0x81, 2 ** 40, true), 1009],
    ['a frame a byte too long', masked(0x81, 8 * 1024 * 1024 + 1, true), 1009],
    ['a frame that is not masked', Buffer.from([0x81, 0x02, 0x7b, 0x7d]), 1002],
    ['bits that mean nothing', Buffer.from([0xf1, 0x80, 0, 0, 0, 0]), 1002],
    ['an unknown kind of frame', Buffer.from([0x83, 0x80, 0, 0, 0, 0]), 1002],
    ['a control frame in pieces', Buffer.from([0x09, 0x80, 0, 0, 0, 0]), 1002],
    ['the rest of nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0]), 1002],
    ['text that is no text', Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]), 1007],
    ['a close with half a code', Buffer.from([0x88, 0x81, 0, 0, 0, 0, 0x03]), 1002],
  ])('or wrong in a WebSocket, %s, closes it with a code', async (_what, frame, code) => {
    const desk = await attacked();
    const raw = rawSocket(desk.origin, handshake(desk.host, { cookie: desk.cookie, origin: desk.origin }));
    await expect.poll(raw.heard).toContain('101 Switching Protocols');
    const before = raw.heard().length;
    raw.socket.write(frame);
    const answer = Buffer.from((await raw.ended).slice(before), 'latin1');
    // A close frame of the server's: opcode 8, unmasked, the code first.
    const at = answer.indexOf(0x88);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(answer.readUInt16BE(at + 2)).toBe(code);
    await expectInService(desk);
  });

  test('in pieces, each small, all together over 8 MiB, closes it with 1009', async () => {
    const desk = await attacked();
    const client = openSocket(desk, desk.cookie);
    await client.opened;
    client.socket.on('error', () => undefined);
    const piece = ' '.repeat(512 * 1024);
    for (let sent = 0; sent < 20; sent += 1) client.socket.send(piece, { fin: false }, () => undefined);
    expect(await client.closed).toMatchObject({ code: 1009 });
    await expectInService(desk);
  });
});

describe('another name for this PC', () => {
  const names = (port: string): readonly string[] => [
    `localhost:${port}`,
    `rebind.evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `127.0.0.1.:${port}`,
    `[::1]:${port}`,
    `0.0.0.0:${port}`,
    `127.1:${port}`,
    `2130706433:${port}`,
    `127.0.0.1:${port}.evil.example`,
    `evil@127.0.0.1:${port}`,
    `127.0.0.1:${port}, evil.example`,
    `127.0.0.1:0${port}`,
    '127.0.0.1',
    '127.0.0.1:80',
    '',
  ];

  test('gets no page and no bridge, cookie or not', async () => {
    const desk = await attacked();
    for (const host of names(new URL(desk.origin).port)) {
      const page = rawSocket(
        desk.origin,
        `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${desk.cookie}\r\nConnection: close\r\n\r\n`,
      );
      expect([400, 403, 421], host).toContain(statusOf(await page.ended));
      expect(page.heard(), host).not.toContain('<title>Lantern</title>');
      // Rebinding makes the page's own origin that name.
      const bridge = rawSocket(
        desk.origin,
        handshake(host, { cookie: desk.cookie, origin: `http://${host}` }),
      );
      await expect.poll(() => statusOf(bridge.heard()), { message: host }).toBeGreaterThan(0);
      expect([400, 403, 421], host).toContain(statusOf(bridge.heard()));
    }
    const two = rawSocket(
      desk.origin,
      `GET / HTTP/1.1\r\nHost: ${desk.host}\r\nHost: evil.example\r\nCookie: ${desk.cookie}\r\nConnection: close\r\n\r\n`,
    );
    expect(statusOf(await two.ended)).toBe(421);
    const absolute = rawSocket(
      desk.origin,
      `GET http://evil.example/ HTTP/1.1\r\nHost: ${desk.host}\r\nCookie: ${desk.cookie}\r\nConnection: close\r\n\r\n`,
    );
    expect(await absolute.ended).not.toContain('<title>Lantern</title>');
    await expectInService(desk);
  });
});

describe('a WebSocket of somebody else', () => {
  test('opens with no origin but our own, with the desk’s cookie or another’s, on no other path', async () => {
    const desk = await attacked();
    const { port } = new URL(desk.origin);
    const own = { cookie: desk.cookie, origin: desk.origin };
    const tries: readonly (readonly [string, string])[] = [
      ...[
        'null',
        'file://',
        `http://localhost:${port}`,
        'http://127.0.0.1',
        `https://127.0.0.1:${port}`,
        `http://127.0.0.1:${Number(port) + 1}`,
        `${desk.origin}.evil.example`,
        `${desk.origin}/`,
        `${desk.origin} http://evil.example`,
        'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
      ].map((origin) => [`origin ${origin}`, handshake(desk.host, { ...own, origin })] as const),
      ['no origin', handshake(desk.host, { cookie: desk.cookie })],
      ['no cookie', handshake(desk.host, { origin: desk.origin })],
      [
        'a made-up cookie',
        handshake(desk.host, { ...own, cookie: `lantern-desk-${port}=9999999999999.a.b` }),
      ],
      [
        'the cookie under another name',
        handshake(desk.host, { ...own, cookie: desk.cookie.replace('desk', 'trainer') }),
      ],
      ['the trainer’s bridge', handshake(desk.host, own, '/bridge/trainer')],
      ['another path', handshake(desk.host, own, '/bridge/x')],
      ['a path that leads back', handshake(desk.host, own, '/assets/../bridge/..%2fbridge')],
      ['a token in the address', handshake(desk.host, { origin: desk.origin }, '/bridge?token=aaaa')],
    ];
    for (const [what, text] of tries) {
      const raw = rawSocket(desk.origin, text);
      await expect.poll(() => statusOf(raw.heard()), { message: what }).toBeGreaterThan(0);
      expect([400, 403, 404, 421], what).toContain(statusOf(raw.heard()));
    }
    await expectInService(desk);
  });
});

describe('a path', () => {
  const secret = ['secret.key', '.env', 'package.json', 'etc/passwd'];
  const ups = [
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '..\\',
    '..%5c',
    '%252e%252e%252f',
    '....//',
    '..;/',
    '..%00/',
    '..%c0%af',
    '\u2025/',
  ];
  test('leads to no file outside the window’s folder, and to none that begins with a dot', async () => {
    const desk = await attacked();
    for (const name of secret)
      for (const up of ups)
        for (const path of [
          `/${up}${name}`,
          `/assets/${up.repeat(4)}${name}`,
          `/${up}renderer/${up}${name}`,
          `//${up}${name}`,
        ]) {
          const raw = rawSocket(
            desk.origin,
            Buffer.from(
              `GET ${path} HTTP/1.1\r\nHost: ${desk.host}\r\nCookie: ${desk.cookie}\r\nConnection: close\r\n\r\n`,
            ),
          );
          const answer = await raw.ended;
          expect(statusOf(answer), path).toBeGreaterThanOrEqual(400);
          expect(answer, path).not.toMatch(/a secret|root:|"dependencies"/);
        }
    await expectInService(desk);
  });
});

/** The beginning of a WebSocket, as a browser sends it, with whatever headers. */
function handshake(
  host: string,
  { cookie, origin }: { readonly cookie?: string; readonly origin?: string },
  path = '/bridge',
): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...(origin === undefined ? [] : [`Origin: ${origin}`]),
    ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
    '',
    '',
  ].join('\r\n');
}
