import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { must } from './support/journals.ts';
import { command, openDesk, writeMore } from './support/kept-profile.ts';
import { tempFolder } from './support/temp-folder.ts';

const reset = (...args: string[]) => command('reset-profile.ts', args);

async function usedProfile() {
  const profile = join(await tempFolder(), 'profile');
  const open = await openDesk(profile);
  const { stream } = await writeMore(open, 5);
  return { profile, open, stream };
}

/** Every file's bytes by name. */
async function filesOf(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const read = await Promise.all(
    files.map(async (path) => [path.slice(folder.length), await readFile(path, 'base64')]),
  );
  return Object.fromEntries(read) as Record<string, string>;
}

test('a profile with entries that may be unsent is set aside only by somebody who says that they were recovered, and whole', async () => {
  const { profile, open } = await usedProfile();
  await open.desk.close();
  const before = await filesOf(profile);
  const asked = await reset('--profile', profile);
  expect(asked).toMatchObject({ code: 2 });
  expect(asked.output).toContain('5 entries that may not be at the hub');
  expect(asked.output).toContain('npm run recover');
  expect(await filesOf(profile)).toEqual(before);

  const done = await reset('--profile', profile, '--i-have-recovered');
  expect(done).toMatchObject({ code: 0 });
  const [aside = '', ...others] = await readdir(dirname(profile));
  expect(others).toEqual([]);
  expect(aside).toMatch(new RegExp(`^${basename(profile)}\\.set-aside-2`));
  expect(done.output).toContain(aside);
  expect(await filesOf(join(dirname(profile), aside))).toEqual(before);

  // The next start is a new desk with an empty log.
  const next = await openDesk(profile);
  expect(await must(next.bridge.call('journal.open', {}))).toMatchObject({ head: { seq: 0 }, repairs: [] });
  await next.desk.close();
});

test('what the folder knows to be at the hub needs no word', async () => {
  const { profile, open, stream } = await usedProfile();
  await must(open.bridge.call('journal.acknowledge', { stream, acked: 5 }));
  await open.desk.close();
  expect(await reset('--profile', profile)).toMatchObject({ code: 0 });
});

test('half-typed text counts as well', async () => {
  const { profile, open, stream } = await usedProfile();
  await must(open.bridge.call('journal.acknowledge', { stream, acked: 5 }));
  const half = { key: 'note', text: 'half a', at: 1, by: 'demo-handler' };
  await must(open.bridge.call('drafts.save', half));
  await open.desk.close();
  const asked = await reset('--profile', profile);
  expect(asked).toMatchObject({ code: 2, output: expect.stringContaining('half-typed text') });
});

test('copies that repairs set aside count as well: nobody has read them', async () => {
  const { profile, open, stream } = await usedProfile();
  await must(open.bridge.call('journal.acknowledge', { stream, acked: 5 }));
  await open.desk.close();
  await writeFile(join(profile, 'journal', stream, '00000001.log.damaged'), 'in a box');
  const asked = await reset('--profile', profile);
  expect(asked).toMatchObject({ code: 2, output: expect.stringContaining('1 copies of damaged files') });
});

test('a profile in use, a folder that is none, and junk are refused in one line', async () => {
  const { profile, open } = await usedProfile();
  expect(await reset('--profile', profile, '--i-have-recovered')).toMatchObject({
    code: 2,
    output: expect.stringContaining('in use by another Lantern'),
  });
  await open.desk.close();
  const other = await tempFolder();
  expect(await reset('--profile', other, '--i-have-recovered')).toMatchObject({
    code: 2,
    output: expect.stringContaining('is not a Lantern profile'),
  });
  for (const args of [[], ['--profile', profile, '--force'], ['--i-have-recovered']])
    expect(await reset(...args)).toMatchObject({ code: 2 });
});
