import fc from 'fast-check';
import { Agent, type IncomingMessage, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { ACCESS } from '../../hub/people/access.ts';
import { verifyAllStreams } from '../../hub/verify.ts';
import { createBridgeClient } from '../../shared/bridge/client.ts';
import { methods } from '../../shared/bridge/contract.ts';
import { realDesk } from '../contract/support/real-desk.ts';
import { newStream, notes, sealed } from '../hub/support/events.ts';
import { NOON, startHub, taken } from '../hub/support/hub.ts';
import { browserDesk, type Client, letIn, openSocket } from '../main/support/browser-desk.ts';
import { anyInput, asText, POLLUTERS } from './inputs.ts';
import { AT_SOCKETS, pollution, seed } from './share.ts';

let atHub = 0;
let atWindow = 0;
afterAll(() =>
  console.log(`fuzz: ${atHub} requests to a hub, ${atWindow} frames to a desk’s WebSocket, seed ${seed}`),
);

const EACH = Math.ceil(AT_SOCKETS / 2);
const ROUTES = Object.keys(ACCESS).map((line) => line.split(' ') as [string, string]);
const part = fc.oneof(
  fc.constantFrom(
    '01980000-0000-7000-8000-000000000001',
    '..%2f..',
    '%00',
    '__proto__',
    '1',
    'a'.repeat(300),
  ),
  fc.string({ maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
const header = fc.oneof(
  fc.constantFrom('', 'Bearer', 'Bearer a.b.c', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'Basic YTpi'),
  fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x21-\x7e]/g, '')),
);
const hubRequest = fc.record({
  route: fc.constantFrom(...ROUTES),
  parts: fc.array(part, { minLength: 3, maxLength: 3 }),
  query: fc.option(part),
  body: fc.oneof(
    { weight: 5, arbitrary: anyInput.map(asText) },
    { weight: 1, arbitrary: fc.constantFrom(...POLLUTERS) },
  ),
  /** As a desk that the hub knows, or with whatever. */
  authorization: fc.option(header, { freq: 2 }),
  person: fc.option(header),
  type: fc.constantFrom(
    'application/json',
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    '',
  ),
  packing: fc.constantFrom('', '', 'gzip', 'gzip that is none', 'br'),
});

test('whatever a hub is sent over a real socket is answered below 500, in JSON or not at all, and it still takes in a sound batch', async () => {
  const hub = await startHub();
  onTestFinished(() => hub.close());
  const desk = await hub.enrolled();
  const address = new URL(await hub.app.listen({ host: '127.0.0.1', port: 0 }));
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  onTestFinished(() => agent.destroy());
  const send = (method: string, path: string, headers: Record<string, string>, body: Buffer) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const asked = request(
        { host: '127.0.0.1', port: address.port, method, path, headers, agent },
        (answer: IncomingMessage) => {
          let text = '';
          answer.on('data', (bytes: Buffer) => (text += bytes.toString()));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        },
      );
      asked.on('error', reject);
      asked.end(method === 'GET' ? undefined : body);
    });
  await fc.assert(
    fc.asyncProperty(
      hubRequest,
      async ({ route, parts, query, body, authorization, person, type, packing }) => {
        atHub += 1;
        const [method, template] = route;
        let at = 0;
        const path = template.replaceAll(/:\w+/g, () => parts[at++] ?? 'x');
        const text = Buffer.from(body.toWellFormed());
        const answer = await send(
          method,
          query === null ? path : `${path}?after=${query}`,
          {
            authorization: authorization ?? `Bearer ${await desk.assertion(NOON)}`,
            ...(person === null ? {} : { 'lantern-person': person }),
            ...(type === '' ? {} : { 'content-type': type }),
            ...(packing === '' ? {} : { 'content-encoding': packing.split(' ')[0] ?? '' }),
          },
          packing === 'gzip' ? gzipSync(text) : text,
        );
        expect([method, path, answer.status < 500]).toEqual([method, path, true]);
        // Nothing of what went wrong inside.
        expect(answer.text).not.toMatch(/\bat [\w.]+ \(|node_modules|SELECT |syntax error/);
      },
    ),
    { numRuns: EACH, seed },
  );
  expect(pollution()).toEqual([]);
  const stream = newStream();
  const events = await sealed(notes(5), { stream, desk: desk.id, at: NOON });
  expect(taken(await hub.push(desk, stream, 1, events)).acked).toBe(5);
  for (const { faults } of await verifyAllStreams(hub.database.pool)) expect(faults).toEqual([]);
}, 1_200_000);

test('whatever comes over the WebSocket of a desk is answered, or closes that socket, and the next window is served', async () => {
  const { connect, log } = await realDesk();
  const server = await browserDesk({ connect });
  const cookie = await letIn(server);
  let client: Client | undefined;
  const open = async (): Promise<Client> => {
    if (client !== undefined && client.socket.readyState === client.socket.OPEN) return client;
    client = openSocket(server, cookie);
    client.socket.on('error', () => undefined);
    expect(await client.opened).toBe(101);
    return client;
  };
  const frame = fc.oneof(
    anyInput,
    fc.constantFrom(...POLLUTERS),
    fc.record({
      v: fc.constant(1),
      kind: fc.constant('call'),
      id: fc.integer(),
      method: fc.constantFrom(...Object.keys(methods)),
      input: anyInput,
    }),
  );
  await fc.assert(
    fc.asyncProperty(frame, fc.integer({ min: 0, max: 19 }), async (sent, how) => {
      atWindow += 1;
      const { socket, closed } = await open();
      const text = asText(sent);
      // Now and then as bytes, which are no message here.
      socket.send(how === 0 ? Buffer.from(text) : text);
      if (how === 0 || !isJson(text)) expect((await closed).code).toBe(4002);
    }),
    { numRuns: EACH, seed },
  );
  client?.socket.close();
  await client?.closed;
  expect(pollution()).toEqual([]);
  const last = openSocket(server, cookie);
  expect(await last.opened).toBe(101);
  const window = createBridgeClient(
    {
      send: (one) => last.socket.send(JSON.stringify(one)),
      onFrame: (listener) =>
        void last.socket.on('message', (data: Buffer) => listener(JSON.parse(data.toString()))),
      onClose: (listener) => void last.socket.on('close', listener),
    },
    () => undefined,
  );
  expect(await window.call('host.describe', {})).toMatchObject({ ok: true });
  expect(JSON.stringify(log.entries)).not.toContain('passwd');
}, 1_200_000);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
