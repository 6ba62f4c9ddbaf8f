import { describe, expect, it, vi } from 'vitest';
import { createNotices } from '../../renderer/call/notices.ts';
import { roomWords, watchRoom } from '../../renderer/call/room-watch.ts';
import { virtualTime } from './support/virtual-time.ts';

const MB = 1024 * 1024;

describe('the room for calls in the window', () => {
  it('is spoken of only when little is left, and how much', () => {
    expect(roomWords({ usage: 100 * MB, quota: 1_000 * MB })).toBeUndefined();
    expect(roomWords({ usage: 990 * MB, quota: 1_000 * MB })).toContain('about 10 MB');
    expect(roomWords({ usage: 1_001 * MB, quota: 1_000 * MB })).toContain('about 0 MB');
  });

  it('is looked at again every ten minutes: the notice comes, and goes once there is room again', async () => {
    const time = virtualTime();
    const notices = createNotices(() => undefined);
    let usage = 0;
    const watch = watchRoom(() => Promise.resolve({ usage, quota: 500 * MB }), time.timers, notices);
    const later = async (): Promise<void> => {
      await vi.waitFor(() => expect(time.nextAt()).toBeDefined());
      time.moveTo(time.clock.now() + 10 * 60_000);
      await vi.waitFor(() => expect(time.nextAt()).toBeDefined());
    };
    await later();
    expect(notices.all()).toEqual([]);
    usage = 490 * MB;
    await later();
    expect(notices.all()).toEqual([expect.stringContaining('about 10 MB')]);
    usage = 10 * MB;
    await later();
    expect(notices.all()).toEqual([]);
    watch.stop();
    expect(time.nextAt()).toBeUndefined();
  });

  it('is not guessed when the browser does not say it or refuses to', async () => {
    for (const answer of [() => Promise.resolve({}), () => Promise.reject(new Error('no'))]) {
      const time = virtualTime();
      const notices = createNotices(() => undefined);
      watchRoom(answer, time.timers, notices);
      await vi.waitFor(() => expect(time.nextAt()).toBeDefined());
      expect(notices.all()).toEqual([]);
    }
  });
});
