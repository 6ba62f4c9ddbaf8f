import { expect, it } from 'vitest';
import { createBridge, type ClosableTransport } from '../../renderer/bridge/lasting-bridge.ts';
import { virtualTime } from '../renderer/support/virtual-time.ts';
import { pairedTransport } from '../support/paired-transport.ts';

// Seen once in sixty kills of the host: the window waited for ever on a connection that neither opened nor failed.

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('gives up a connection that neither opens nor fails, dials anew, and closes the late one', async () => {
  const time = virtualTime(0);
  const dialled: PromiseWithResolvers<ClosableTransport>[] = [];
  const bridge = createBridge({
    connect() {
      const way = Promise.withResolvers<ClosableTransport>();
      dialled.push(way);
      return way.promise;
    },
    timers: time.timers,
    random: () => 0.5,
    report: () => undefined,
  });
  for (let step = 0; step < 2; step += 1) {
    time.moveTo(time.nextAt() ?? 0);
    await turn();
  }
  expect(dialled.length).toBe(2);
  expect(time.clock.now()).toBeLessThanOrEqual(15_000);

  dialled[1]?.resolve(pairedTransport().window);
  await turn();
  expect(bridge.isOpen()).toBe(true);

  let closed = false;
  dialled[0]?.resolve({ ...pairedTransport().window, close: () => void (closed = true) });
  await turn();
  expect(closed).toBe(true);
  expect(bridge.isOpen()).toBe(true);
  bridge.close();
  expect(time.nextAt()).toBeUndefined();
});
