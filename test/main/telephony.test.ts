import { connect } from 'node:net';
import { stat } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { openTelephonyPort } from '../../main/services/telephony/port.ts';
import { type CallOffer } from '../../shared/bridge/contract.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

async function open() {
  const folder = await tempFolder();
  const offers: CallOffer[] = [];
  const clock = { at: 1_000_000 };
  const log = recordLog();
  const opened = await openTelephonyPort({
    port: 0,
    folder,
    offer: (offer) => offers.push(offer),
    disk: nodeDisk,
    clock: { now: () => clock.at },
    log,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  onTestFinished(() => opened.value.close());
  const token = (await readFile(join(folder, 'telephony.token'), 'utf8')).trim();
  const { port } = opened.value;
  /** By `node:http`, which lets a test say any Host. */
  const send = (body: string, headers: Record<string, string> = {}, path = '/v1/calls', method = 'POST') =>
    new Promise<number>((resolve, reject) => {
      const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers };
      const asked = request({ host: '127.0.0.1', port, path, method, headers: all }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end(body);
    });
  return { folder, offers, clock, log, token, port, send };
}
const GOOD = JSON.stringify({ v: 1, number: '01632 960001', waited: 95 });

describe('the telephone system’s port', () => {
  test('offers a call with its number and wait, and its token is readable by this user alone', async () => {
    const { send, offers, folder } = await open();
    expect(await send(GOOD)).toBe(202);
    expect(await send('{"v":1}')).toBe(202);
    expect(offers).toEqual([
      { source: 'telephony', number: '01632 960001', waitedMs: 95_000 },
      { source: 'telephony' },
    ]);
    expect((await stat(join(folder, 'telephony.token'))).mode & 0o777).toBe(0o600);
  });

  const hostile: [
    what: string,
    status: number,
    body: string,
    headers?: Record<string, string>,
    path?: string,
    method?: string,
  ][] = [
    ['a wrong token', 401, GOOD, { authorization: `Bearer ${'a'.repeat(43)}` }],
    ['no token', 401, GOOD, { authorization: '' }],
    ['another name for this PC (DNS rebinding)', 421, GOOD, { host: 'evil.example' }],
    ['a web page', 403, GOOD, { origin: 'https://evil.example' }],
    ['a web page without an origin', 403, GOOD, { 'sec-fetch-site': 'cross-site' }],
    ['a form', 415, 'v=1', { 'content-type': 'text/plain' }],
    ['another path', 404, GOOD, {}, '/v1/calls/../../etc/passwd'],
    ['reading', 405, '', {}, '/v1/calls', 'GET'],
    ['words that are no JSON', 400, 'Maya'],
    ['a number with letters', 400, '{"v":1,"number":"Maya"}'],
    ['a script for a number', 400, '{"v":1,"number":"<script>"}'],
    ['a wait below nothing', 400, '{"v":1,"waited":-1}'],
    ['a field for a clinical fact', 400, '{"v":1,"note":"Maya"}'],
    ['a prototype', 400, '{"v":1,"__proto__":{"number":"1"}}'],
    ['a book', 413, JSON.stringify({ v: 1, number: '1'.repeat(5_000) })],
  ];
  test.each(hostile)('refuses %s', async (_what, status, body, headers, path, method) => {
    const { send, offers, log } = await open();
    expect(await send(body, headers, path, method)).toBe(status);
    expect(offers).toEqual([]);
    expect(JSON.stringify(log.entries)).not.toContain('Maya');
    expect(await send(GOOD)).toBe(202);
  });

  test('takes no more than twenty in a minute', async () => {
    const { send, clock } = await open();
    for (let at = 0; at < 20; at += 1) expect(await send(GOOD)).toBe(202);
    expect(await send(GOOD)).toBe(429);
    clock.at += 61_000;
    expect(await send(GOOD)).toBe(202);
  });

  test('cuts off a sender that never ends, and answers the next', async () => {
    const { send, port } = await open();
    const slow = connect({ host: '127.0.0.1', port });
    slow.write('POST /v1/calls HTTP/1.1\r\nHost: 127');
    const cut = new Promise<void>((resolve) => slow.once('close', () => resolve()));
    slow.on('error', () => undefined);
    slow.resume();
    expect(await send(GOOD)).toBe(202);
    await cut;
  });

  test('that is taken is said, and the desk goes on without it', async () => {
    const { port, folder } = await open();
    const second = await openTelephonyPort({
      port,
      folder,
      offer: () => undefined,
      disk: nodeDisk,
      clock: { now: () => 1 },
      log: recordLog(),
    });
    expect(second).toMatchObject({ error: { code: 'telephony.cannotListen' } });
  });
});
