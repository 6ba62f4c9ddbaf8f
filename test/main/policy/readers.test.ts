import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type RunCommand } from '../../../main/ports/run-command.ts';
import {
  parsePreferences,
  readManagedPreferences,
} from '../../../main/services/policy/managed-preferences.ts';
import { readOwnedFile, runCommand } from '../../../main/services/policy/node-places.ts';
import { parsePolicyFile, readPolicyFile } from '../../../main/services/policy/policy-file.ts';
import { readPolicy } from '../../../main/services/policy/read-policy.ts';
import { readRegistry, REGISTRY_KEY } from '../../../main/services/policy/registry.ts';
import { resolvePolicy } from '../../../shared/policy/resolve.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HKLM = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Lantern`;
/** What `reg query` prints: an empty line, the key, a line for each value, an empty line. */
const printed = (...lines: string[]): string =>
  ['', HKLM, ...lines.map((line) => `    ${line}`), ''].join('\r\n');

/** A system whose `reg.exe` answers as given for each key, and 1 with nothing for any other. */
const reg =
  (answers: Readonly<Record<string, string>>): RunCommand =>
  (program, [verb, key = '', view]) => {
    expect([program, verb, view]).toEqual([String.raw`C:\Windows\System32\reg.exe`, 'query', '/reg:64']);
    const stdout = answers[key];
    return Promise.resolve(stdout === undefined ? { code: 1, stdout: '' } : { code: 0, stdout });
  };
const MACHINE = `HKLM\\${REGISTRY_KEY}`;
const ABOVE = String.raw`HKLM\SOFTWARE\Policies`;

describe('the Windows registry', () => {
  test('every kind of value, with names in any case', async () => {
    const text = printed(
      'HubUrl    REG_SZ    https://hub.example/a b',
      'purgeAfterDays    REG_DWORD    0x1e',
      'singlekeyanswers    REG_DWORD    0x0',
      String.raw`fallbackNumbers    REG_MULTI_SZ    [\0{"title":"Caf\u00e9","number":"01632 960003"}\0]`,
      'keys    REG_SZ    {"pause":[]}',
      'theme    REG_SZ    dark',
      'Something of 2027    REG_QWORD    0x1',
    );
    expect(await readRegistry('HKLM', reg({ [MACHINE]: text }))).toEqual({
      kind: 'read',
      where: MACHINE,
      values: {
        hubUrl: 'https://hub.example/a b',
        purgeAfterDays: 30,
        singleKeyAnswers: false,
        fallbackNumbers: [{ title: 'Café', number: '01632 960003' }],
        keys: { pause: [] },
        theme: 'dark',
        'Something of 2027': 1,
      },
    });
  });

  test('a key without values, and a value that is empty', async () => {
    expect(await readRegistry('HKLM', reg({ [MACHINE]: printed() }))).toMatchObject({
      kind: 'read',
      values: {},
    });
    const text = printed('hubUrl    REG_SZ    ', 'enrolCode    REG_SZ');
    const reading = await readRegistry('HKLM', reg({ [MACHINE]: text }));
    expect(reading).toMatchObject({ kind: 'read', values: { hubUrl: '', enrolCode: '' } });
  });

  test.each([
    ['bytes of another code page', 'theme    REG_SZ    d\u00a0rk'],
    ['a kind that group policy does not write', 'theme    REG_BINARY    00FF'],
    ['a variable to be filled in', 'packFolder    REG_EXPAND_SZ    %TEMP%'],
    ['a number that is none', 'purgeAfterDays    REG_DWORD    many'],
  ])('%s: unreadable', async (_what, line) => {
    expect((await readRegistry('HKLM', reg({ [MACHINE]: printed(line) }))).kind).toBe('unreadable');
  });

  test.each([
    ['not listed above', { [ABOVE]: `\r\n${ABOVE}\\Microsoft\r\n${ABOVE}\\LanternOther\r\n` }, 'absent'],
    [
      'listed above and not to be read',
      { [ABOVE]: `\r\n${ABOVE}\\Microsoft\r\n${ABOVE}\\LANTERN\r\n` },
      'unreadable',
    ],
    ['nothing to be read at all', {}, 'unreadable'],
  ])('%s: %j', async (_what, answers, kind) => {
    expect((await readRegistry('HKLM', reg(answers))).kind).toBe(kind);
  });

  test('an account without policies has none; a `reg` that does not start is no answer', async () => {
    expect((await readRegistry('HKCU', reg({}))).kind).toBe('absent');
    const dead: RunCommand = () => Promise.resolve({ code: undefined, stdout: '' });
    expect((await readRegistry('HKCU', dead)).kind).toBe('unreadable');
  });
});

describe('macOS managed preferences', () => {
  const domain = 'anything.plist';
  test('a file that is not there is no policy; one that plutil refuses is unreadable', async () => {
    const size = (path: string): Promise<number | undefined> =>
      Promise.resolve(path === domain ? 3 : undefined);
    const run: RunCommand = () => Promise.resolve({ code: 1, stdout: '' });
    expect(await readManagedPreferences('other', { size }, run)).toEqual({ kind: 'absent' });
    expect((await readManagedPreferences(domain, { size }, run)).kind).toBe('unreadable');
  });

  test('keeps kinds as they are and leaves out what macOS adds', () => {
    const text = '{"singleKeyAnswers":false,"purgeAfterDays":3,"PayloadUUID":"x","_manualProfile":true}';
    expect(parsePreferences('p', text)).toMatchObject({
      values: { singleKeyAnswers: false, purgeAfterDays: 3 },
    });
    expect(parsePreferences('p', '[]').kind).toBe('unreadable');
    expect(parsePreferences('p', '').kind).toBe('unreadable');
  });
});

describe('/etc/lantern/policy.json', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const owned = (owner: number, mode: number) => () =>
    Promise.resolve({ bytes: bytes('{"theme":"dark"}'), owner, mode });

  test.each([
    ['root’s, for everybody to read', 0, 0o644, 'read'],
    ['another account’s', 1000, 0o644, 'unreadable'],
    ['a group may write', 0, 0o664, 'unreadable'],
    ['everybody may write', 0, 0o646, 'unreadable'],
  ])('%s', async (_what, owner, mode, kind) => {
    expect((await readPolicyFile('/p', owned(owner, mode), true)).kind).toBe(kind);
  });

  test.each(['', '{', '[]', 'null', '"dark"', '\u{feff}{', '{"theme":"dark"} trailing'])(
    '%j: unreadable',
    (text) => {
      expect(parsePolicyFile('/p', bytes(text)).kind).toBe('unreadable');
    },
  );
  test('bytes that are not UTF-8: unreadable', () => {
    expect(parsePolicyFile('/p', new Uint8Array([0x7b, 0xff, 0x7d])).kind).toBe('unreadable');
  });

  test('from a real disk, with owner and mode from the same handle', async () => {
    const path = join(await tempFolder(), 'policy.json');
    expect(await readOwnedFile(path)).toBeUndefined();
    await writeFile(path, '{"$schema":"./lantern.schema.json","theme":"dark"}');
    await chmod(path, 0o640);
    expect(await readOwnedFile(path)).toMatchObject({ owner: process.getuid?.(), mode: 0o640 });
    expect(await readPolicyFile(path, readOwnedFile, false)).toEqual({
      kind: 'read',
      where: path,
      values: { theme: 'dark' },
    });
    await expect(readOwnedFile(join(path, 'below'))).rejects.toThrow('ENOTDIR');
  });
});

test('a file to try out counts only where the computer has no policy of its own', async () => {
  const place = {
    account: 'sam',
    disk: { size: () => Promise.resolve(undefined) },
    tryOut: '/try.json',
    run: reg({ [MACHINE]: printed('theme    REG_SZ    light'), [ABOVE]: '' }),
  };
  const file = { bytes: new TextEncoder().encode('{"theme":"dark"}'), owner: 1000, mode: 0o666 };
  const readOwned = (path: string): Promise<typeof file | undefined> =>
    Promise.resolve(path === '/try.json' ? file : undefined);
  const themeOn = async (platform: NodeJS.Platform, tryOut = '/try.json'): Promise<string> => {
    const readings = await readPolicy({ ...place, platform, readOwnedFile: readOwned, tryOut });
    const { mode, values } = resolvePolicy({ ...readings, environment: {}, person: {} });
    return `${mode} ${values.theme}`;
  };
  expect(await themeOn('win32')).toBe('managed light');
  expect(await themeOn('linux')).toBe('managed dark');
  expect(await themeOn('darwin')).toBe('managed dark');
  expect(await themeOn('linux', '/not-there.json')).toBe('minimal system');
});

test('a program is run without a shell, and one that is not there is no answer', async () => {
  expect(await runCommand(process.execPath, ['-p', '1;$(2)'])).toMatchObject({ code: 1 });
  expect(await runCommand(process.execPath, ['-p', '"a  b"'])).toEqual({ code: 0, stdout: 'a  b\n' });
  expect(await runCommand('/not/there', [])).toEqual({ code: undefined, stdout: '' });
});
