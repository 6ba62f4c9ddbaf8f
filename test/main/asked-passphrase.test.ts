import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { typeHidden } from '../../main/services/ask-hidden.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { systemClock } from '../../main/services/node-system.ts';
import { passphraseFor } from '../../main/services/vault/asked-passphrase.ts';
import { openVault } from '../../main/services/vault/open-vault.ts';
import { passphraseKeyStore } from '../../main/services/vault/passphrase-key-store.ts';
import { v7 } from 'uuid';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';
import { freePort } from '../../hub/db/free-port.ts';

const RIGHT = 'four lanterns by the river';

async function protectedProfile(folder: string): Promise<string> {
  await nodeDisk.makeFolder(folder);
  await openVault({
    folder,
    disk: nodeDisk,
    keyStore: passphraseKeyStore(RIGHT),
    ids: { next: () => v7() },
    clock: systemClock,
    log: recordLog(),
  });
  return folder;
}

/** Answers in turn; undefined is giving up. */
const answers = (...typed: (string | undefined)[]) => {
  const prompts: string[] = [];
  const ask = (prompt: string): Promise<string | undefined> => {
    prompts.push(prompt);
    return Promise.resolve(typed.shift());
  };
  return { ask, prompts };
};

describe('the passphrase at the start', () => {
  test('a profile without one is not asked about, and a configured one is not either', async () => {
    const { ask, prompts } = answers();
    const empty = await tempFolder();
    expect(await passphraseFor(empty, nodeDisk, undefined, ask)).toEqual({ ok: true, value: undefined });
    const folder = await protectedProfile(join(await tempFolder(), 'p'));
    expect(await passphraseFor(folder, nodeDisk, 'configured before', ask)).toMatchObject({ ok: true });
    expect(prompts).toEqual([]);
  });

  test('is asked for until it is right, three times at most', async () => {
    const folder = await protectedProfile(join(await tempFolder(), 'p'));
    const second = answers('four lanterns by the rived', RIGHT);
    expect(await passphraseFor(folder, nodeDisk, undefined, second.ask)).toEqual({ ok: true, value: RIGHT });
    expect(second.prompts).toEqual(['Passphrase of this profile: ', 'That was another one. Passphrase: ']);
    const wrong = answers('one', 'two', 'three', RIGHT);
    expect(await passphraseFor(folder, nodeDisk, undefined, wrong.ask)).toMatchObject({
      error: { field: 'LANTERN_PASSPHRASE_FILE' },
    });
    expect(wrong.prompts).toHaveLength(3);
  });

  test('giving up, or having no terminal, ends the start in one line', async () => {
    const folder = await protectedProfile(join(await tempFolder(), 'p'));
    for (const ask of [answers(undefined).ask, undefined]) {
      const refused = await passphraseFor(folder, nodeDisk, undefined, ask);
      expect(refused).toMatchObject({ ok: false, error: { code: 'passphrase.missing' } });
    }
  });
});

test('what is typed unseen can be mended, given up, and holds letters of any language', () => {
  expect(typeHidden('', 'secret\r')).toEqual({ text: 'secret', end: 'enter' });
  expect(typeHidden('né', '\u007Fè\n')).toEqual({ text: 'nè', end: 'enter' });
  expect(typeHidden('abc', '\u0015x')).toEqual({ text: 'x', end: 'no' });
  expect(typeHidden('abc', '\u0003')).toEqual({ text: '', end: 'gaveUp' });
  expect(typeHidden('', '\u0004')).toEqual({ text: '', end: 'gaveUp' });
  expect(typeHidden('a', '\u0004')).toEqual({ text: 'a', end: 'no' });
});

describe('the browser host as a process', () => {
  const program = resolve(import.meta.dirname, '../../main/hosts/browser/main.ts');

  async function start(
    command: string,
    args: readonly string[],
  ): Promise<{
    out: () => string;
    type: (text: string) => void;
    code: Promise<unknown>;
  }> {
    const data = await tempFolder();
    await protectedProfile(join(data, 'browser/development'));
    const env = {
      PATH: process.env.PATH,
      LANTERN_DATA: data,
      LANTERN_HUB_URL: 'http://127.0.0.1:1',
      LANTERN_DESK_PORT: String(await freePort()),
    };
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (out += data.toString()));
    const code = once(child, 'close').then(([value]: unknown[]) => value);
    onTestFinished(async () => {
      child.kill('SIGTERM');
      child.stdin.destroy();
      await code;
    });
    return { out: () => out, type: (text) => void child.stdin.write(text), code };
  }

  test('without a terminal it stops with one plain line', async () => {
    const host = await start(process.execPath, [program]);
    expect(await host.code).toBe(2);
    expect(host.out()).toMatch(/^Lantern cannot start: LANTERN_PASSPHRASE_FILE is not set, .*\n$/);
  });

  // util-linux’s `script` gives a real terminal; other systems have another one, or none.
  test.runIf(existsSync('/usr/bin/script'))(
    'at a terminal it asks without showing what is typed',
    async () => {
      const host = await start('/usr/bin/script', ['-qec', `${process.execPath} ${program}`, '/dev/null']);
      await expect.poll(host.out, { timeout: 20_000 }).toContain('Passphrase of this profile: ');
      host.type(`${RIGHT}\r`);
      await expect.poll(host.out, { timeout: 20_000 }).toContain('Open the desk: http');
      expect(host.out()).not.toContain('lanterns');
    },
  );
});
