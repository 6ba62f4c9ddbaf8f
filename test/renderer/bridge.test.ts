import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { type AddressInfo } from 'node:net';
import { connectorOf } from '../../renderer/bridge/connect.ts';
import { createBridge } from '../../renderer/bridge/lasting-bridge.ts';
import { preloadTransport } from '../../renderer/bridge/preload-transport.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { pairedTransport } from '../support/paired-transport.ts';
import { virtualTime } from './support/virtual-time.ts';

const nowhere = { protocol: 'http:', host: '127.0.0.1:1' };

describe('which host', () => {
  it('is Electron when its preload is there', async () => {
    const sent: unknown[] = [];
    let hear: (frame: unknown) => void = () => undefined;
    const lanternTransport = {
      send: (frame: unknown) => void sent.push(frame),
      onFrame: (listener: (frame: unknown) => void) => void (hear = listener),
    };
    const transport = await connectorOf({ lanternTransport, location: nowhere, WebSocket })();
    const heard: unknown[] = [];
    transport.onFrame((frame) => heard.push(frame));
    transport.send({ a: 1 });
    hear({ b: 2 });
    expect(sent).toEqual([{ a: 1 }]);
    expect(heard).toEqual([{ b: 2 }]);
  });

  it.each([
    [null],
    [{}],
    [{ send: 'not a function', onFrame: () => undefined }],
    [{ send: () => undefined }],
  ])('refuses %j in the place of the preload, and names the field', async (lanternTransport) => {
    const refused = preloadTransport(lanternTransport);
    expect(refused).toMatchObject({ ok: false, error: { code: 'bridge.badPreload' } });
    await expect(connectorOf({ lanternTransport, location: nowhere, WebSocket })()).rejects.toThrow(
      'lanternTransport',
    );
  });

  it('is the browser host otherwise: JSON text over a real WebSocket at /bridge', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/bridge' });
    onTestFinished(() => new Promise((resolve) => server.close(() => resolve(undefined))));
    await new Promise((resolve) => server.once('listening', resolve));
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        socket.send('this is not JSON');
        socket.send((data as Buffer).toString());
      });
    });
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const transport = await connectorOf({ location: { protocol: 'http:', host }, WebSocket })();
    const heard: unknown[] = [];
    const both = new Promise<void>((resolve) => {
      transport.onFrame((frame) => {
        heard.push(frame);
        if (heard.length === 2) resolve();
      });
    });
    const closed = new Promise<void>((resolve) => transport.onClose(resolve));
    transport.send({ hello: 'there' });
    await both;
    expect(heard).toEqual(['this is not JSON', { hello: 'there' }]);
    for (const client of server.clients) client.terminate();
    await closed;
  });

  it('rejects when nobody listens there', async () => {
    await expect(connectorOf({ location: nowhere, WebSocket })()).rejects.toThrow(
      'did not take the connection',
    );
  });
});

describe('a bridge that lasts', () => {
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('calls again with back-off for as long as it takes, and keeps its listeners', async () => {
    const time = virtualTime(0);
    const faults: Fault[] = [];
    let tries = 0;
    let there = false;
    let line = pairedTransport();
    const bridge = createBridge({
      connect() {
        tries += 1;
        if (!there) return Promise.reject(new Error('not there'));
        line = pairedTransport();
        return Promise.resolve(line.window);
      },
      timers: time.timers,
      random: () => 0.99,
      report: (fault) => faults.push(fault),
    });
    let opened = 0;
    let closed = 0;
    const heard: unknown[] = [];
    bridge.onOpen(() => (opened += 1));
    bridge.onClose(() => (closed += 1));
    bridge.on('call.offered', (offer) => heard.push(offer));
    await turn();
    expect(await bridge.call('host.describe', {})).toMatchObject({ error: { code: 'bridge.closed' } });
    for (let count = 0; count < 20; count += 1) {
      time.moveTo(time.nextAt() ?? 0);
      await turn();
    }
    expect(tries).toBe(21);
    expect((time.nextAt() ?? 0) - time.clock.now()).toBeLessThanOrEqual(5_000);
    there = true;
    for (let round = 1; round <= 3; round += 1) {
      time.moveTo(time.nextAt() ?? 0);
      await turn();
      expect(opened).toBe(round);
      line.main.send({ v: 1, kind: 'event', name: 'call.offered', payload: { source: 'telephony' } });
      line.main.send({ v: 1, kind: 'event', name: 'call.offered', payload: { source: 'a stranger' } });
      line.main.send('junk');
      await turn();
      expect(heard.length).toBe(round);
      line.close();
      expect(closed).toBe(round);
      expect(bridge.isOpen()).toBe(false);
    }
    expect(faults.map(({ code }) => code)).toEqual(
      Array.from({ length: 3 }, () => ['bridge.badEvent', 'bridge.badFrame']).flat(),
    );
    bridge.close();
    expect(time.nextAt()).toBeUndefined();
  });
});
