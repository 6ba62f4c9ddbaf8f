import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockProfile } from '../../main/services/profile-lock.ts';
import { must } from './support/journals.ts';
import { tempFolder } from './support/temp-folder.ts';

test('one holder at a time, and free again once it lets go', async () => {
  const folder = await tempFolder();
  const lock = await must(lockProfile(folder));
  expect(await lockProfile(folder)).toMatchObject({
    error: { code: 'profile.inUse', message: expect.stringContaining(String(process.pid)) },
  });
  await lock.release();
  const again = await must(lockProfile(folder));
  expect(again.takenOverFrom).toBeUndefined();
  await again.release();
  expect(await readdir(folder)).toEqual([]);
});

test('the lock of a process that was killed is taken over, and that is said', async () => {
  const folder = await tempFolder();
  const program = join(import.meta.dirname, 'support', 'hold-lock.ts');
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(await lockProfile(folder)).toMatchObject({ error: { code: 'profile.inUse' } });
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  const lock = await must(lockProfile(folder));
  expect(lock.takenOverFrom).toBe(child.pid);
  await lock.release();
});

test('a process number that has gone to another program does not keep the profile locked', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: '1' }));
  const taken = await lockProfile(folder);
  expect(taken.ok).toBe(process.platform === 'linux');
});

test.each(['', 'junk', '{"pid":-1}', '{"pid":"1","started":""}'])(
  'a lock file that says %j holds nobody out',
  async (text) => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'lock'), text);
    const lock = await must(lockProfile(folder));
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  },
);

test('of many who take over one dead lock at once, exactly one gets it', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1' }));
  const results = await Promise.all(Array.from({ length: 10 }, () => lockProfile(folder)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
});
