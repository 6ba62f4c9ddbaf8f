import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { type DeskIdentity, openDeskIdentity } from '../../main/services/desk-identity.ts';
import { fileKeyStore } from '../../main/services/file-key-store.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { systemClock, uuidSource } from '../../main/services/node-system.ts';
import { openVault } from '../../main/services/vault/open-vault.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

async function open(folder: string, log = recordLog()): Promise<DeskIdentity> {
  const keyStore = await fileKeyStore(folder, nodeDisk);
  const common = { folder, disk: nodeDisk, ids: uuidSource, clock: systemClock, log };
  const { vault } = await openVault({ ...common, keyStore });
  return openDeskIdentity({ ...common, vault, oldKeyStores: [keyStore] });
}

test('a desk is the same desk after a restart', async () => {
  const folder = await tempFolder();
  const first = await open(folder);
  const second = await open(folder);
  expect(second.desk).toBe(first.desk);
  expect(second.publicKey).toEqual(first.publicKey);
  expect(second.notices).toEqual([]);
});

test('the private key is not readable in the file, and both files are for this user alone', async () => {
  const folder = await tempFolder();
  await open(folder);
  const text = await readFile(join(folder, 'desk.json'), 'utf8');
  const { privateKey } = JSON.parse(text) as { privateKey: { box: string } };
  const kept = Buffer.from(privateKey.box, 'base64').toString('latin1');
  expect(kept).not.toContain('"d"');
  for (const name of ['desk.json', 'keys.json', 'secret.key'])
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test('a desk of an older Lantern stays the same desk, and its key moves into a box', async () => {
  const folder = await tempFolder();
  const keyStore = await fileKeyStore(folder, nodeDisk);
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { kty, crv, x, d } = await exportJWK(pair.privateKey);
  const privateKey = await keyStore.protect(Buffer.from(JSON.stringify({ kty, crv, x, d })));
  const desk = uuidSource.next();
  const old = {
    v: 1,
    desk,
    publicKey: { kty, crv, x },
    privateKey: Buffer.from(privateKey).toString('base64'),
  };
  await writeFile(join(folder, 'desk.json'), JSON.stringify({ ...old, madeAt: 1 }));
  for (const identity of [await open(folder), await open(folder)]) {
    expect(identity).toMatchObject({ desk, publicKey: old.publicKey, notices: [] });
    expect(await identity.assertion()).toMatch(/^ey/);
  }
  expect(JSON.parse(await readFile(join(folder, 'desk.json'), 'utf8'))).toMatchObject({ v: 2 });
});

test.each(['', 'junk', '{"v":1}', '{"v":1,"desk":"not a uuid"}'])(
  'a file that says %j: kept aside, a new desk, and said',
  async (text) => {
    const folder = await tempFolder();
    const first = await open(folder);
    await writeFile(join(folder, 'desk.json'), text);
    const log = recordLog();
    const second = await open(folder, log);
    expect(second.desk).not.toBe(first.desk);
    expect(second.notices).toEqual([expect.stringContaining('must be enrolled again')]);
    expect(log.codes()).toContain('desk.unreadable');
    expect((await readdir(folder)).some((name) => name.startsWith('desk.json.broken-'))).toBe(true);
  },
);

test('a lost or exchanged key file means a new desk, never a crash', async () => {
  const folder = await tempFolder();
  const first = await open(folder);
  await rm(join(folder, 'secret.key'));
  const second = await open(folder);
  expect(second.desk).not.toBe(first.desk);
});
