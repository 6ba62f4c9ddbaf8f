import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDowntimePack, PACK_FILE } from '../../main/services/downtime-pack.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { currentContent } from '../../shared/content/packs.ts';
import { recordLog } from '../main/support/logs.ts';
import { tempFolder } from '../main/support/temp-folder.ts';
import { virtualTime } from '../renderer/support/virtual-time.ts';

// The daily write and one that was asked for shared a temporary file: the second found it gone, and the outage page said
// that the pack could not be written.

it('writes one pack after another, however many are asked for at once, and the last holds what is set last', async () => {
  const folder = await tempFolder();
  const time = virtualTime();
  let number = 0;
  const pack = createDowntimePack({
    folder,
    disk: nodeDisk,
    clock: time.clock,
    timers: time.timers,
    log: recordLog(),
    content: currentContent,
    numbers: () => [{ title: 'Clinician on call', number: `01632 96000${number}` }],
    directory: () => Promise.resolve(undefined),
  });
  const asked = Array.from({ length: 8 }, (_, turn) => {
    number = turn;
    return pack.write();
  });
  expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true);
  expect(pack.status().problem).toBeUndefined();
  expect(await readFile(join(folder, PACK_FILE), 'utf8')).toContain('01632 960007');
});
