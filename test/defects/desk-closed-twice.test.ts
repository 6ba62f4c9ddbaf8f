import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { closeBeforeQuit } from '../../main/hosts/electron/closing.ts';
import { preventable } from '../support/electron-double.ts';

// The end of a session can be told twice, one signal for two listeners: the desk was closed twice, the second close met
// files that were closed already, and the program ended with an error although everything was kept.

function program(close: () => Promise<void> | undefined) {
  const failed = vi.fn();
  const quit = vi.fn();
  const app = Object.assign(new EventEmitter(), { quit });
  closeBeforeQuit(app, close, failed);
  const end = (): boolean => {
    const event = preventable({});
    app.emit('will-quit', event);
    return event.defaultPrevented;
  };
  return { end, failed, quit };
}

test('a desk whose end is told twice is closed once, and the program goes when it is closed', async () => {
  let finish = (): void => undefined;
  const close = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const { end, failed, quit } = program(close);
  expect([end(), end()]).toEqual([true, true]);
  expect(close).toHaveBeenCalledTimes(1);
  expect(quit).not.toHaveBeenCalled();
  finish();
  await expect.poll(() => quit.mock.calls).toHaveLength(1);
  expect(end(), 'held back once closed').toBe(false);
  expect(failed).not.toHaveBeenCalled();
});

test('a desk that cannot close its files is said, and one that never opened holds nothing back', async () => {
  const { end, failed, quit } = program(() => Promise.reject(new Error('full')));
  expect(end()).toBe(true);
  await expect.poll(() => failed.mock.calls).toHaveLength(1);
  expect(quit).not.toHaveBeenCalled();
  expect(program(() => undefined).end()).toBe(false);
});
