import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type RingFile } from '../../main/services/vault/ring-file.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { command, fileWith, openDesk, recoveryPair, writeMore } from './support/kept-profile.ts';
import { must } from './support/journals.ts';
import { tempFolder } from './support/temp-folder.ts';

const ringOf = async (profile: string): Promise<RingFile> =>
  JSON.parse(await readFile(join(profile, 'keys.json'), 'utf8')) as RingFile;
const rotate = (profile: string, env: Readonly<Record<string, string>> = {}) =>
  command('rotate.ts', ['--profile', profile], env);

/** Refused in one line, and the ring is byte for byte what it was. */
async function refused(
  profile: string,
  words: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const before = await readFile(join(profile, 'keys.json'), 'utf8');
  const { code, output } = await rotate(profile, env);
  expect(output).toContain(words);
  expect(output.trimEnd().split('\n').at(-1)).toMatch(/^Nothing was rotated: /);
  expect(code).toBe(2);
  expect(await readFile(join(profile, 'keys.json'), 'utf8')).toBe(before);
}

describe('npm run rotate', () => {
  test('new records go under a new key; what was written before and after is read by the desk and by recovery', async () => {
    const folder = await tempFolder();
    const profile = join(folder, 'profile');
    const pair = await recoveryPair();
    const first = await openDesk(profile, pair.key);
    const before = await writeMore(first, 3);
    await first.desk.close();
    const old = await ringOf(profile);

    const publicKey = await fileWith(folder, 'public.pem', pair.publicPem);
    expect(await rotate(profile, { LANTERN_RECOVERY_KEY_FILE: publicKey })).toEqual({
      code: 0,
      output:
        'New records go under a new data key; all 2 keys are wrapped under the profile’s key file and the recovery key.\n',
    });
    const turned = await ringOf(profile);
    expect(turned.current).not.toBe(old.current);
    expect(turned.keys[0]?.id).toBe(old.current);
    expect(turned.keys[0]?.wrap.bytes).not.toBe(old.keys[0]?.wrap.bytes);
    expect(turned.keys.map(({ recovery }) => recovery?.to)).toEqual([pair.key.id, pair.key.id]);

    const second = await openDesk(profile, pair.key);
    const after = await writeMore(second, 2);
    expect(after.stream).toBe(before.stream);
    const all = [...before.events, ...after.events];
    const page = await must(second.bridge.call('journal.read', { after: 0, limit: 100 }));
    expect(page).toEqual({ events: all, locked: [] });
    await second.desk.close();
    const log = await readFile(join(profile, 'journal', after.stream, '00000001.log'), 'utf8');
    expect(log.split(old.current).length - 1).toBe(3);
    expect(log.split(turned.current).length - 1).toBe(2);

    await rm(join(profile, 'secret.key'));
    const key = await fileWith(folder, 'private.pem', pair.privatePem);
    const out = join(folder, 'events.jsonl');
    expect((await command('recover.ts', ['--profile', profile, '--key', key, '--out', out])).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe(all.map((event) => `${canonicalJson(event)}\n`).join(''));
  });

  test('is refused while a desk uses the profile, and without the recovery key its keys are wrapped to', async () => {
    const folder = await tempFolder();
    const profile = join(folder, 'profile');
    const pair = await recoveryPair();
    const open = await openDesk(profile, pair.key);
    await refused(profile, 'is in use by another Lantern');
    await open.desk.close();
    await refused(profile, 'LANTERN_RECOVERY_KEY_FILE must be set');
    const wrong = await fileWith(folder, 'private.pem', pair.privatePem);
    await refused(profile, 'cannot be used', { LANTERN_RECOVERY_KEY_FILE: wrong });
    expect(await readdir(profile)).not.toContain('lock');
  });

  test('changes nothing when the keys cannot be opened: no new key in place of lost ones', async () => {
    const folder = await tempFolder();
    const profile = join(folder, 'profile');
    const open = await openDesk(profile);
    await open.desk.close();
    await rm(join(profile, 'secret.key'));
    await refused(profile, 'secret.key');
    expect((await readdir(profile)).filter((name) => /secret|lost/.test(name))).toEqual([]);
    await writeFile(join(profile, 'keys.json'), 'junk');
    await refused(profile, 'cannot be read');
    const empty = await tempFolder();
    expect(await rotate(empty)).toMatchObject({ code: 2 });
    expect(await readdir(empty)).toEqual([]);
  });

  test('moves under a passphrase that is configured, and then turns only with it', async () => {
    const folder = await tempFolder();
    const profile = join(folder, 'profile');
    const open = await openDesk(profile);
    await open.desk.close();
    const right = { LANTERN_PASSPHRASE_FILE: await fileWith(folder, 'right', 'correct horse battery') };
    const wrong = { LANTERN_PASSPHRASE_FILE: await fileWith(folder, 'wrong', 'correct hose battery') };
    expect(await rotate(profile, right)).toMatchObject({ code: 0 });
    expect((await ringOf(profile)).keys.map(({ wrap }) => wrap.by)).toEqual(['passphrase', 'passphrase']);
    await refused(profile, 'LANTERN_PASSPHRASE_FILE must be set');
    await refused(profile, 'holds another passphrase', wrong);
    expect((await rotate(profile, right)).output).toContain('all 3 keys are wrapped under the passphrase');
  });

  test('asks the desk where only the system’s key store opens the keys', async () => {
    const profile = join(await tempFolder(), 'profile');
    const open = await openDesk(profile);
    await open.desk.close();
    const ring = await ringOf(profile);
    const keys = ring.keys.map((key) => ({ ...key, wrap: { ...key.wrap, by: 'os' } }));
    await writeFile(join(profile, 'keys.json'), JSON.stringify({ ...ring, keys }));
    expect(await rotate(profile)).toMatchObject({
      code: 0,
      output: expect.stringContaining('next starts') as string,
    });
    expect(await ringOf(profile)).toEqual({ ...ring, keys, rotate: true });
  });
});
