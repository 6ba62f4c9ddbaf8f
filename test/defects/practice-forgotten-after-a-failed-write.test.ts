import { expect, test, vi } from 'vitest';
import { createAttemptStore } from '../../main/services/training/attempt-store.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { virtualTime } from '../renderer/support/virtual-time.ts';
import { smallScript } from '../shared/training/support/small-script.ts';
import { attemptBy } from '../shared/training/support/attempts.ts';
import { tempFolder } from '../main/support/temp-folder.ts';
import { testVault } from '../support/vault.ts';

// A practice whose file could not be written once, on a full disk, was not written again until the next change: the last
// change of a practice, its reflection or its marking, was gone at the next start.

test('a practice that met a full disk is on the disk once there is room, without another change', async () => {
  const folder = await tempFolder();
  const time = virtualTime();
  const vault = testVault();
  let isFull = true;
  const codes: string[] = [];
  const disk = {
    ...nodeDisk,
    replace: (path: string, bytes: Uint8Array) =>
      isFull ? Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' })) : nodeDisk.replace(path, bytes),
  };
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: ({ code }: { code: string }) => codes.push(code),
  };
  const open = () => createAttemptStore({ folder, disk, vault, timers: time.timers, log });
  const store = open();
  const attempt = await attemptBy([], smallScript());
  store.keep({ attempt, brought: false });
  time.moveTo(time.clock.now() + 500);
  await vi.waitFor(() => expect(codes).toEqual(['attempt.writeFailed']));
  isFull = false;
  await vi.waitFor(() => expect(time.nextAt()).toBeDefined());
  time.moveTo(time.nextAt() ?? 0);
  await vi.waitFor(async () => expect(await open().get(attempt.id)).toEqual({ attempt, brought: false }));
});
