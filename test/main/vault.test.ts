import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type KeyStore } from '../../main/ports/key-store.ts';
import { fileKeyStore } from '../../main/services/file-key-store.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { systemClock, uuidSource } from '../../main/services/node-system.ts';
import { configuredPassphrase, configuredRecovery } from '../../main/services/vault/configured.ts';
import { openVault, type OpenedVault, type VaultOptions } from '../../main/services/vault/open-vault.ts';
import { passphraseKeyStore } from '../../main/services/vault/passphrase-key-store.ts';
import { readRecoveryKey, readRecoveryPrivateKey } from '../../main/services/vault/recovery-key.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';
import { must } from './support/journals.ts';

const CHEAP = { logN: 10, r: 8, p: 1 };
const withPassphrase = (text: string): KeyStore => passphraseKeyStore(text, CHEAP);
const ABOUT = ['event', 'a stream', 1] as const;

async function open(
  folder: string,
  keyStore: KeyStore,
  more: Partial<VaultOptions> = {},
): Promise<OpenedVault> {
  const log = recordLog();
  return openVault({ folder, disk: nodeDisk, keyStore, ids: uuidSource, clock: systemClock, log, ...more });
}

const ringOf = async (
  folder: string,
): Promise<{ current: string; keys: { id: string; wrap: { by: string } }[] }> =>
  JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8')) as never;

describe('a box', () => {
  test('opens at its place and nowhere else', async () => {
    const folder = await tempFolder();
    const { vault } = await open(folder, await fileKeyStore(folder, nodeDisk));
    const box = vault.seal('{"a":1}', ABOUT);
    expect(JSON.parse((vault.open(box, ABOUT) as { text: string }).text)).toEqual({ a: 1 });
    expect(vault.open(box, ['event', 'a stream', 2])).toEqual({ kind: 'broken' });
    expect(vault.open(box, ['event', 'another stream', 1])).toEqual({ kind: 'broken' });
    expect(vault.open(box, ['draft'])).toEqual({ kind: 'broken' });
    const bytes = Buffer.from(box.box, 'base64');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    expect(vault.open({ ...box, box: bytes.toString('base64') }, ABOUT)).toEqual({ kind: 'broken' });
    expect(vault.open({ ...box, box: '' }, ABOUT)).toEqual({ kind: 'broken' });
  });

  test('says by its length neither yes nor no', async () => {
    const folder = await tempFolder();
    const { vault } = await open(folder, await fileKeyStore(folder, nodeDisk));
    const lengths = ['yes', 'no', 'couldNotAsk'].map(
      (state) => vault.seal(`{"s":"${state}"}`, ABOUT).box.length,
    );
    expect(new Set(lengths).size).toBe(1);
  });
});

describe('the ring of keys', () => {
  test('is made at the first start, for this user alone, and opens again', async () => {
    const folder = await tempFolder();
    const keyStore = await fileKeyStore(folder, nodeDisk);
    const first = await open(folder, keyStore);
    const box = first.vault.seal('{}', ABOUT);
    const second = await open(folder, keyStore);
    expect(second.vault.open(box, ABOUT).kind).toBe('open');
    expect(second.notices).toEqual([]);
    expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600);
    const text = await readFile(join(folder, 'keys.json'), 'utf8');
    for (const { bytes } of first.vault.keys)
      expect(text).not.toContain(Buffer.from(bytes).toString('base64'));
  });

  test('a new key is for what is written from now on; the old one still opens what it closed', async () => {
    const folder = await tempFolder();
    const keyStore = await fileKeyStore(folder, nodeDisk);
    const old = (await open(folder, keyStore)).vault;
    const box = old.seal('{}', ABOUT);
    const turned = (await open(folder, keyStore, { rotate: true })).vault;
    expect(turned.current).not.toBe(old.current);
    expect(turned.open(box, ABOUT).kind).toBe('open');
    expect((await open(folder, keyStore)).vault.current).toBe(turned.current);
  });

  test.each([1, 2, 3])(
    'a crash at disk write %i of a rotation leaves a ring that opens everything',
    async (at) => {
      const folder = await tempFolder();
      const keyStore = await fileKeyStore(folder, nodeDisk);
      const box = (await open(folder, keyStore)).vault.seal('{}', ABOUT);
      let writes = 0;
      const disk = {
        ...nodeDisk,
        replace: (path: string, bytes: Uint8Array) =>
          ++writes === at ? Promise.reject(new Error('killed')) : nodeDisk.replace(path, bytes),
      };
      await open(folder, keyStore, { rotate: true, disk }).catch(() => undefined);
      expect((await open(folder, keyStore)).vault.open(box, ABOUT).kind).toBe('open');
    },
  );

  test('moves under a passphrase when one is configured, and to another when it is changed', async () => {
    const folder = await tempFolder();
    const box = (await open(folder, await fileKeyStore(folder, nodeDisk))).vault.seal('{}', ABOUT);
    const moved = await open(folder, withPassphrase('correct horse battery'));
    expect(moved.protectedBy.kind).toBe('passphrase');
    expect((await ringOf(folder)).keys.map(({ wrap }) => wrap.by)).toEqual(['passphrase']);
    await rm(join(folder, 'secret.key'));
    await open(folder, withPassphrase('correct horse battery'), {
      next: withPassphrase('another staple now'),
    });
    const changed = await open(folder, withPassphrase('another staple now'));
    expect(changed.vault.open(box, ABOUT).kind).toBe('open');
    expect(changed.notices).toEqual([]);
  });

  test('a wrong passphrase is a typed fault', async () => {
    const kept = await withPassphrase('correct horse battery').protect(new Uint8Array(32));
    expect(await withPassphrase('wrong').reveal(kept)).toMatchObject({
      error: { code: 'keyStore.wrongPassphrase' },
    });
    expect(await withPassphrase('wrong').reveal(kept.subarray(1))).toMatchObject({
      error: { code: 'keyStore.unreadable' },
    });
  });
});

describe('keys that cannot be opened', () => {
  test('a slip in the passphrase costs nothing: the next right start reads both what was before and what came between', async () => {
    const folder = await tempFolder();
    const before = (await open(folder, withPassphrase('correct horse battery'))).vault.seal('{"n":1}', ABOUT);
    const log = recordLog();
    const slip = await open(folder, withPassphrase('correct hose battery'), { log });
    expect(log.codes()).toContain('keys.wrongPassphrase');
    expect(slip.protectedBy.kind).toBe('file');
    expect(slip.notices).toEqual([
      expect.stringMatching(/Nothing was deleted.*safe at the hub.*right passphrase/),
    ]);
    expect(slip.vault.open(before, ABOUT)).toEqual({ kind: 'locked' });
    const between = slip.vault.seal('{"n":2}', ABOUT);
    // The same slip again: still the same key, and still said.
    const again = await open(folder, withPassphrase('correct hose battery'));
    expect(again.vault.current).toBe(slip.vault.current);
    expect(again.notices).toHaveLength(1);

    const right = await open(folder, withPassphrase('correct horse battery'));
    expect(right).toMatchObject({ notices: [], hasLostKeys: false, protectedBy: { kind: 'passphrase' } });
    expect(right.vault.open(before, ABOUT).kind).toBe('open');
    expect(right.vault.open(between, ABOUT).kind).toBe('open');
    expect((await ringOf(folder)).keys.every(({ wrap }) => wrap.by === 'passphrase')).toBe(true);
  });

  test('a profile under a passphrase that is started without one says so and works under a new key', async () => {
    const folder = await tempFolder();
    await open(folder, withPassphrase('correct horse battery'));
    const without = await open(folder, await fileKeyStore(folder, nodeDisk));
    expect(without.notices[0]).toContain('under a passphrase, and none was given');
  });

  test('a key store that was reset: nothing is deleted, a new key is made, and the screen says what to do', async () => {
    const folder = await tempFolder();
    const box = (await open(folder, await fileKeyStore(folder, nodeDisk))).vault.seal('{}', ABOUT);
    const ring = await readFile(join(folder, 'keys.json'), 'utf8');
    await rm(join(folder, 'secret.key'));
    const fresh = await open(folder, await fileKeyStore(folder, nodeDisk));
    expect(fresh.vault.open(box, ABOUT)).toEqual({ kind: 'locked' });
    expect(fresh.notices).toEqual([
      expect.stringMatching(/Nothing was deleted.*No recovery key had been set/),
    ]);
    const lost = (await readdir(folder)).filter((name) => name.startsWith('keys.lost-'));
    expect(lost).toHaveLength(1);
    expect(await readFile(join(folder, lost[0] ?? ''), 'utf8')).toBe(ring);
  });

  test.each(['', 'junk', '{"v":1}'])('a ring that says %j is kept aside and said', async (text) => {
    const folder = await tempFolder();
    const keyStore = await fileKeyStore(folder, nodeDisk);
    await open(folder, keyStore);
    await writeFile(join(folder, 'keys.json'), text);
    const opened = await open(folder, keyStore);
    expect(opened.notices[0]).toContain('the file with the keys is damaged');
    expect((await open(folder, keyStore)).vault.current).toBe(opened.vault.current);
  });
});

const PAIRS = {
  x25519: generateKeyPairSync('x25519'),
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
} as const;

describe('the organisation’s recovery key', () => {
  test.each(Object.entries(PAIRS))(
    '%s, as PEM or JWK, opens every data key, also those made before it was set',
    async (_name, pair) => {
      const folder = await tempFolder();
      const keyStore = await fileKeyStore(folder, nodeDisk);
      const first = await open(folder, keyStore);
      const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const jwk = JSON.stringify(pair.publicKey.export({ format: 'jwk' }));
      const fromPem = await must(readRecoveryKey(pem));
      expect((await must(readRecoveryKey(jwk))).id).toBe(fromPem.id);
      const opened = await open(folder, keyStore, { recovery: fromPem, rotate: true });
      expect(opened.vault.keys).toHaveLength(2);
      const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const opener = await must(readRecoveryPrivateKey(privatePem));
      expect(opener.id).toBe(fromPem.id);
      const { keys } = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8')) as {
        keys: { id: string; recovery: { to: string; jwe: string } }[];
      };
      for (const { id, recovery } of keys) {
        const bytes = await opener.unwrap(recovery.jwe);
        expect(bytes).toEqual(new Uint8Array(opened.vault.keys.find((key) => key.id === id)?.bytes ?? []));
      }
      expect(first.vault.keys[0]?.id).toBe(
        opened.vault.keys.find(({ id }) => id === first.vault.current)?.id,
      );
    },
  );

  test('another recovery key takes the place of the first, and the first opens the ring no more', async () => {
    const folder = await tempFolder();
    const keyStore = await fileKeyStore(folder, nodeDisk);
    const [one, two] = await Promise.all(
      [PAIRS.x25519, PAIRS['P-256']].map(({ publicKey }) =>
        must(readRecoveryKey(publicKey.export({ type: 'spki', format: 'pem' }).toString())),
      ),
    );
    await open(folder, keyStore, { recovery: one });
    await open(folder, keyStore, { recovery: two });
    // Away for a while: what is wrapped stays wrapped.
    await open(folder, keyStore);
    const { keys } = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8')) as {
      keys: { recovery: { to: string } }[];
    };
    expect(keys.map(({ recovery }) => recovery.to)).toEqual([two?.id]);
  });

  test('a private key, another curve and junk are refused, and the desk goes on and says so', async () => {
    const folder = await tempFolder();
    const privatePem = PAIRS.x25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const privateJwk = JSON.stringify(PAIRS['P-256'].privateKey.export({ format: 'jwk' }));
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({
      type: 'spki',
      format: 'pem',
    });
    for (const text of [privatePem, privateJwk, other.toString(), '', 'junk', '{}']) {
      const path = join(folder, 'recovery.pem');
      await writeFile(path, text);
      const log = recordLog();
      const found = await configuredRecovery(path, nodeDisk, log);
      expect(found).toMatchObject({ notices: [expect.stringContaining('recovery key cannot be used')] });
      expect(found.key).toBeUndefined();
      expect(log.codes()).toEqual(['recoveryKey.refused']);
    }
    expect(createPublicKey(createPrivateKey(privatePem)).asymmetricKeyType).toBe('x25519');
  });
});

test('a passphrase file that is missing, empty or short ends the start with its variable’s name', async () => {
  const path = join(await tempFolder(), 'passphrase');
  expect(await configuredPassphrase(undefined, nodeDisk)).toEqual({ ok: true, value: undefined });
  for (const text of [undefined, '', 'short\n']) {
    if (text !== undefined) await writeFile(path, text);
    expect(await configuredPassphrase(path, nodeDisk)).toMatchObject({
      error: { field: 'LANTERN_PASSPHRASE_FILE' },
    });
  }
  await writeFile(path, 'correct horse battery\nsecond line\n');
  expect(await configuredPassphrase(path, nodeDisk)).toEqual({ ok: true, value: 'correct horse battery' });
});
