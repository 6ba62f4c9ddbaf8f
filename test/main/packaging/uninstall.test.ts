import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, chmod, chown, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../support/sources.ts';
import { makeEvents } from '../support/events.ts';
import { must, openJournal } from '../support/journals.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The script that dpkg and rpm run, as electron-builder fills it in, in a root of its own (`DPKG_ROOT`, as dpkg does). */
const TEMPLATE = join(ROOT, 'main/packaging/linux/after-remove.sh');
const isRoot = process.getuid?.() === 0;
const ACCOUNTS = isRoot ? [2001, 2002] : [process.getuid?.() ?? 0];

let root = '';
let script = '';
beforeEach(async () => {
  root = await tempFolder();
  await chmod(root, 0o755);
  script = join(root, 'postrm');
  const words: Readonly<Record<string, string>> = { executable: 'lantern', sanitizedProductName: 'Lantern' };
  const text = (await readFile(TEMPLATE, 'utf8')).replaceAll(
    /\$\{([a-zA-Z]+)\}/g,
    (_all, name: string) => words[name] ?? name,
  );
  await writeFile(script, text, { mode: 0o755 });
  await mkdir(join(root, 'etc/lantern'), { recursive: true });
  const lines = ACCOUNTS.map((uid) => `person${uid}:x:${uid}:${uid}::/home/${uid}:/bin/sh`);
  await writeFile(join(root, 'etc/passwd'), `${lines.join('\n')}\n`);
});

const policy = (value: object): Promise<void> =>
  writeFile(join(root, 'etc/lantern/policy.json'), JSON.stringify(value, undefined, 2));
const dataOf = (uid: number): string => join(root, `home/${uid}/.local/share/lantern`);
function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('sh', [script, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DPKG_ROOT: root },
  });
  expect(status, stderr).toBe(0);
  expect(stderr).toBe('');
  return stdout;
}

/** A profile with a real journal of five events, of which the hub has `acked`. */
async function profile(uid: number, acked: number, segmentBytes?: number): Promise<string> {
  const folder = join(dataOf(uid), 'electron/default/journal');
  const journal = openJournal(folder, undefined, segmentBytes);
  const { stream } = await must(journal.open());
  await must(journal.append(await makeEvents(stream, 5)));
  if (acked > 0) await must(journal.acknowledge(stream, { acked }));
  await journal.close();
  await own(join(root, `home/${uid}`), uid);
  return join(folder, stream);
}
async function own(folder: string, uid: number): Promise<void> {
  if (!isRoot) return;
  await chown(folder, uid, uid);
  for (const name of await readdir(folder, { recursive: true })) await chown(join(folder, name), uid, uid);
}
const [ONE = 0] = ACCOUNTS;

describe('data at uninstall', () => {
  test('is kept without a policy, with one that says nothing, and with one that says keep', async () => {
    await profile(ONE, 5);
    expect(run('purge')).toContain('the data of each account is kept');
    await policy({ hubUrl: 'https://hub.example' });
    expect(run('purge')).toContain('kept');
    await policy({ dataAtUninstall: 'keep', serviceName: 'wipe' });
    expect(run('purge')).toContain('kept');
    expect(existsSync(dataOf(ONE))).toBe(true);
  });

  test('is wiped by policy when the hub has every event', async () => {
    await policy({ dataAtUninstall: 'wipe' });
    await profile(ONE, 5);
    expect(run('purge')).toBe(`Lantern: the data of account ${ONE} is wiped.\n`);
    expect(existsSync(dataOf(ONE))).toBe(false);
  });

  test.each(['remove', 'upgrade', 'failed-upgrade', 'abort-install', 'disappear', '1', '2'])(
    'is left alone by dpkg’s or rpm’s “%s”, whatever the policy says',
    async (what) => {
      await policy({ dataAtUninstall: 'wipe' });
      await profile(ONE, 5);
      expect(run(what)).toBe('');
      expect(existsSync(dataOf(ONE))).toBe(true);
    },
  );

  test('rpm’s last removal wipes as dpkg’s purge does', async () => {
    await policy({ dataAtUninstall: 'wipe' });
    await profile(ONE, 5);
    expect(run('0')).toContain('is wiped');
  });

  test.each([0, 1, 4])('is kept, and that is said, while the hub has only %i of 5 events', async (acked) => {
    await policy({ dataAtUninstall: 'wipe' });
    await profile(ONE, acked);
    const said = run('purge');
    expect(said).toContain(
      `the data of account ${ONE} is KEPT: there are entries that the hub does not have.`,
    );
    expect(said).toContain('until the light says “Safe at hub”');
    expect(existsSync(dataOf(ONE))).toBe(true);
  });

  test('is judged over every file of a journal and every stream of every profile', async () => {
    await policy({ dataAtUninstall: 'wipe' });
    await profile(ONE, 5, 400);
    const second = join(dataOf(ONE), 'browser/other/journal');
    const journal = openJournal(second);
    const { stream } = await must(journal.open());
    await must(journal.append(await makeEvents(stream, 2)));
    await journal.close();
    await own(dataOf(ONE), ONE);
    expect(run('purge')).toContain('KEPT');
    await rm(second, { recursive: true });
    expect(run('purge')).toContain('is wiped');
  });

  test.each([
    [
      'a journal whose numbers cannot be read',
      'the hub does not have',
      async (stream: string) => {
        for (const name of await readdir(stream))
          if (name.endsWith('.log')) await writeFile(join(stream, name), 'XXXX');
      },
    ],
    [
      'an answer of the hub that cannot be read',
      'the hub does not have',
      (stream: string) => writeFile(join(stream, 'acked.json'), '{'),
    ],
    [
      'a torn line after the last that the hub has',
      'the hub does not have',
      (stream: string) =>
        appendFile(join(stream, '00000001.log'), '1234abcd {"box":"x","key":"k","seq":6,"str'),
    ],
    [
      'a copy of a damaged file',
      'for a recovery',
      (stream: string) => writeFile(join(stream, '00000001.log.damaged'), ''),
    ],
    [
      'keys that could not be opened',
      'for a recovery',
      (stream: string) => writeFile(join(stream, '../../keys.lost-1.json'), '{}'),
    ],
    [
      'a desk that is running',
      'it is in use',
      (stream: string) =>
        writeFile(join(stream, '../../lock'), JSON.stringify({ pid: process.pid, started: '1' })),
    ],
  ])('is kept with %s', async (_what, why, change) => {
    await policy({ dataAtUninstall: 'wipe' });
    await change(await profile(ONE, 5));
    await own(join(root, `home/${ONE}`), ONE);
    expect(run('purge')).toContain(why);
    expect(existsSync(dataOf(ONE))).toBe(true);
  });

  test('a link in place of the folder is never followed', async () => {
    await policy({ dataAtUninstall: 'wipe' });
    const elsewhere = join(root, 'elsewhere');
    await mkdir(elsewhere);
    await mkdir(dirname(dataOf(ONE)), { recursive: true });
    await symlink(elsewhere, dataOf(ONE));
    expect(run('purge')).toBe('');
    expect(existsSync(elsewhere)).toBe(true);
  });

  // Only root may act as another account: a machine where the tests run as somebody else has one account to show.
  test.runIf(isRoot)(
    'of several accounts each is judged by itself, and no account’s link reaches what is not its own',
    async () => {
      await policy({ dataAtUninstall: 'wipe' });
      const [one = 0, two = 0] = ACCOUNTS;
      await profile(one, 5);
      await profile(two, 3);
      // Somebody put a link higher up: what it leads to belongs to root.
      await mkdir(join(root, 'srv/share/lantern'), { recursive: true });
      await mkdir(join(root, 'home/2003'));
      await symlink(join(root, 'srv'), join(root, 'home/2003/.local'));
      await appendFile(join(root, 'etc/passwd'), 'person2003:x:2003:2003::/home/2003:/bin/sh\n');
      const { stdout } = spawnSync('sh', [script, 'purge'], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], DPKG_ROOT: root },
      });
      expect(stdout).toContain(`account ${one} is wiped`);
      expect(stdout).toContain(`account ${two} is KEPT`);
      expect(stdout).toContain('account 2003 could not be wiped');
      expect([
        existsSync(dataOf(one)),
        existsSync(dataOf(two)),
        existsSync(join(root, 'srv/share/lantern')),
      ]).toEqual([false, true, true]);
    },
  );
});

// dpkg itself, where there is one: the same script as the postrm of a real package.
test.runIf(isRoot && existsSync('/usr/bin/dpkg-deb'))(
  'dpkg keeps the data when the package is removed, and asks the policy when it is purged',
  async () => {
    await policy({ dataAtUninstall: 'wipe' });
    await profile(ONE, 5);
    const made = await tempFolder();
    await mkdir(join(made, 'package/DEBIAN'), { recursive: true });
    await mkdir(join(made, 'package/opt/Lantern'), { recursive: true });
    await writeFile(join(made, 'package/opt/Lantern/lantern'), '');
    await writeFile(
      join(made, 'package/DEBIAN/control'),
      'Package: lantern\nVersion: 1\nArchitecture: all\nMaintainer: Lantern <lantern@example.invalid>\nDescription: x\n',
    );
    await writeFile(join(made, 'package/DEBIAN/postrm'), await readFile(script), { mode: 0o755 });
    await mkdir(join(root, 'var/lib/dpkg/info'), { recursive: true });
    await mkdir(join(root, 'var/lib/dpkg/updates'), { recursive: true });
    for (const name of ['status', 'available']) await writeFile(join(root, 'var/lib/dpkg', name), '');
    const tool = (name: string, ...args: string[]): string => {
      const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      return stdout;
    };
    tool('dpkg-deb', '--root-owner-group', '--build', join(made, 'package'), join(made, 'lantern.deb'));
    const dpkg = (...args: string[]): string =>
      tool('dpkg', `--root=${root}`, '--force-script-chrootless', ...args);
    dpkg('--install', join(made, 'lantern.deb'));
    expect(existsSync(join(root, 'opt/Lantern/lantern'))).toBe(true);
    dpkg('--remove', 'lantern');
    expect([existsSync(join(root, 'opt/Lantern/lantern')), existsSync(dataOf(ONE))]).toEqual([false, true]);
    expect(dpkg('--purge', 'lantern')).toContain(`the data of account ${ONE} is wiped`);
    expect(existsSync(dataOf(ONE))).toBe(false);
  },
);
