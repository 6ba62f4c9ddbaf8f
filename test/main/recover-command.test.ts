import { copyFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeLines } from '../../main/services/lines.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type StreamId } from '../../shared/ids.ts';
import {
  command,
  fileWith,
  openDesk,
  recoveryPair,
  type RecoveryPair,
  writeInSmallFiles,
  writeMore,
} from './support/kept-profile.ts';
import { must } from './support/journals.ts';
import { tempFolder } from './support/temp-folder.ts';

interface Dead {
  readonly profile: string;
  readonly pair: RecoveryPair;
  readonly key: string;
  readonly out: string;
  /** The stream that was set aside, of 3 events, and the present one, of 30. */
  readonly streams: readonly [StreamId, StreamId];
  readonly events: readonly Envelope[];
  readonly args: readonly string[];
}

/** Two streams, the second in many files and acknowledged up to 4; then the key store's file is destroyed. */
async function deadProfile(withRecovery = true): Promise<Dead> {
  const folder = await tempFolder();
  const profile = join(folder, 'profile');
  const pair = await recoveryPair();
  const open = await openDesk(profile, withRecovery ? pair.key : undefined);
  const first = await writeMore(open, 3);
  await must(open.bridge.call('journal.newStream', { reason: 'a test' }));
  const second = await writeMore(open, 6);
  await must(open.bridge.call('journal.acknowledge', { stream: second.stream, acked: 4 }));
  await open.desk.close();
  const more = await writeInSmallFiles(profile, second.events, 24);
  await rm(join(profile, 'secret.key'));
  const key = await fileWith(folder, 'private.pem', pair.privatePem);
  const out = join(folder, 'events.jsonl');
  return {
    profile,
    pair,
    key,
    out,
    streams: [first.stream, second.stream],
    events: [...first.events, ...second.events, ...more],
    args: ['--profile', profile, '--key', key, '--out', out],
  };
}

const recover = (args: readonly string[]) => command('recover.ts', args);
const jsonLines = (events: readonly Envelope[]): string =>
  events.map((event) => `${canonicalJson(event)}\n`).join('');
const logsOf = async (dead: Dead): Promise<string[]> =>
  (await readdir(join(dead.profile, 'journal', dead.streams[1])))
    .filter((name) => name.endsWith('.log'))
    .toSorted()
    .map((name) => join(dead.profile, 'journal', dead.streams[1], name));

/** Every file of a folder with its bytes. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, 'base64')] as const)),
  );
}

describe('npm run recover', () => {
  test('brings back every event of a profile whose key store is destroyed, and leaves the profile as it was', async () => {
    const dead = await deadProfile();
    expect((await logsOf(dead)).length).toBeGreaterThan(3);
    const before = await snapshot(dead.profile);
    const { code, output } = await recover(dead.args);
    const [one, two] = dead.streams;
    expect(output.split('\n')).toEqual([
      `${one}: 3 event(s) (1 to 3); none missing; chain ok; no acknowledgement known here; 3 not acknowledged`,
      `${two}: 30 event(s) (1 to 30); none missing; chain ok; last acknowledged 4; 26 not acknowledged`,
      '33 event(s) of 2 stream(s) written; nothing is missing',
      '',
    ]);
    expect(code).toBe(0);
    expect(await readFile(dead.out, 'utf8')).toBe(jsonLines(dead.events));
    expect((await stat(dead.out)).mode & 0o777).toBe(0o600);
    expect(await snapshot(dead.profile)).toEqual(before);
  });

  test('reads also what was written before the key store was lost, when a desk has gone on since', async () => {
    const dead = await deadProfile();
    const again = await openDesk(dead.profile, dead.pair.key);
    const { events } = await writeMore(again, 2);
    await again.desk.close();
    expect((await readdir(dead.profile)).some((name) => name.startsWith('keys.lost-'))).toBe(true);
    const { code } = await recover(dead.args);
    expect(code).toBe(0);
    expect(await readFile(dead.out, 'utf8')).toBe(jsonLines([...dead.events, ...events]));
  });

  test('names damaged lines, missing numbers and the broken chain, says no contents, and ends with 1', async () => {
    const dead = await deadProfile();
    const [first = ''] = await logsOf(dead);
    const bytes = await readFile(first);
    const third = decodeLines(bytes)[2];
    bytes[(third?.offset ?? 0) + 40] = 0x21;
    await writeFile(first, bytes);
    const { code, output } = await recover(dead.args);
    expect(code).toBe(1);
    expect(output).toContain(
      '29 event(s) (1 to 30); missing 3; 1 damaged line(s): 00000001.log line 3; chain breaks at 4 (gap)',
    );
    expect(output).not.toContain('a note');
    expect(await readFile(dead.out, 'utf8')).toBe(
      jsonLines(dead.events.filter(({ stream, seq }) => stream !== dead.streams[1] || seq !== 3)),
    );
  });

  test('names the copies that repairs set aside, and misses nothing because of them', async () => {
    const dead = await deadProfile();
    await mkdir(join(dead.profile, 'drafts'), { recursive: true });
    const names = [`journal/${dead.streams[1]}/00000001.log.damaged`, 'drafts/drafts.log.damaged'];
    for (const name of names) await writeFile(join(dead.profile, name), 'in a box');
    const { code, output } = await recover(dead.args);
    expect(code).toBe(0);
    expect(output).toContain(`${dead.streams[1]}/00000001.log.damaged: a copy of a damaged file`);
    expect(output).toContain('drafts/drafts.log.damaged: a copy of a damaged file');
  });

  test('tells half a line, which was never confirmed, from a loss', async () => {
    const dead = await deadProfile();
    const last = (await logsOf(dead)).at(-1) ?? '';
    await truncate(last, (await stat(last)).size - 5);
    const { code, output } = await recover(dead.args);
    expect(output).toMatch(
      /29 event\(s\) \(1 to 29\); none missing; half a line, never confirmed, at the end of 0/,
    );
    expect(code).toBe(0);
  });

  test('counts as missing what the hub acknowledged beyond the last event here, and streams without a folder', async () => {
    const dead = await deadProfile();
    for (const path of await logsOf(dead)) await rm(path);
    await rm(join(dead.profile, 'journal', dead.streams[0]), { recursive: true });
    const { code, output } = await recover(dead.args);
    expect(code).toBe(1);
    expect(output).toContain(`${dead.streams[1]}: 0 event(s); missing 1 to 4;`);
    expect(output).toContain(`${dead.streams[0]}: its folder is not there`);
  });

  test('says which numbers are under a key that was not wrapped to it', async () => {
    const dead = await deadProfile();
    const ring = join(dead.profile, 'keys.json');
    await copyFile(ring, `${ring}.kept`);
    await rm(ring);
    const other = await openDesk(dead.profile, dead.pair.key);
    await other.desk.close();
    const { code, output } = await recover(dead.args);
    expect(output).toContain('0 event(s); none missing; under a key that is not open: 1 to 30;');
    expect(code).toBe(1);
  });

  test('a profile without wraps to a recovery key says so', async () => {
    const dead = await deadProfile(false);
    expect(await recover(dead.args)).toEqual({
      code: 2,
      output: 'Nothing was recovered: profile has no data key that was wrapped to a recovery key\n',
    });
    expect(await readdir(join(dead.out, '..'))).not.toContain('events.jsonl');
  });

  test(
    'a wrong key, a profile in use, and a file that is there are refused in one line each',
    { timeout: 90_000 },
    async () => {
      const dead = await deadProfile();
      const folder = join(dead.out, '..');
      const wrong = await fileWith(folder, 'wrong.pem', (await recoveryPair()).privatePem);
      const publicHalf = await fileWith(folder, 'public.pem', dead.pair.publicPem);
      const refused = async (args: readonly string[], words: string): Promise<void> => {
        const { code, output } = await recover(args);
        expect(output).toMatch(/^Nothing was recovered: [^\n]*\n$/);
        expect(output).toContain(words);
        expect(code).toBe(2);
      };
      const withKey = (key: string) => ['--profile', dead.profile, '--key', key, '--out', dead.out];
      await refused(withKey(wrong), 'wrapped to another recovery key');
      await refused(withKey(publicHalf), 'must be a private X25519 or P-256 key');
      await refused(withKey(join(folder, 'nowhere')), 'key is not there');
      await refused(withKey(folder), 'key ');
      await refused(['--profile', join(folder, 'nowhere'), ...dead.args.slice(2)], 'profile is not there');
      await refused(['--profile', wrong, ...dead.args.slice(2)], 'profile cannot be read (ENOTDIR)');
      await refused(
        [...dead.args.slice(0, 4), '--out', join(folder, 'no/where')],
        'out cannot be made (ENOENT)',
      );
      await refused([...dead.args.slice(0, 4), '--out', join(dead.profile, 'x')], 'inside the profile');
      await refused(dead.args.slice(0, 4), 'arguments must be --profile DIR --key FILE --out FILE');
      await refused([...dead.args, '--out', 'twice'], 'arguments must be');
      await refused([...dead.args, '--junk'], 'arguments must be');

      const desk = await openDesk(dead.profile, dead.pair.key);
      await refused(dead.args, 'is in use by another Lantern');
      await desk.desk.close();
      await writeFile(dead.out, 'mine');
      await refused(dead.args, 'is there already');
      expect(await readFile(dead.out, 'utf8')).toBe('mine');
    },
  );
});
