import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { boxed, keyId } from '../../shared/boxes/box.ts';
import { decodeLines } from '../../main/services/lines.ts';
import { fileKeyStore } from '../../main/services/file-key-store.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { revealRing } from '../../main/services/vault/reveal-ring.ts';
import { ringFile } from '../../main/services/vault/ring-file.ts';
import { createVault, type Vault } from '../../main/services/vault/vault.ts';

/** The same data key in every process of a test, so that what one wrote another reads. */
export function testVault(): Vault {
  const id = keyId.parse('01980000-0000-7000-8000-000000000001');
  return createVault(id, [{ id, bytes: new Uint8Array(32).fill(7) }]);
}

/** What a copy of a damaged file holds: its bytes as they were found. */
export async function damagedCopy(path: string): Promise<Buffer> {
  const { damaged } = lineValue.parse(decodeLines(await readFile(path))[0]?.value);
  const opened = testVault().open(damaged, ['damaged file', basename(path)]);
  if (opened.kind !== 'open') throw new Error(`the copy is ${opened.kind}`);
  return Buffer.from(JSON.parse(opened.text) as string, 'base64');
}

const lineValue = z.strictObject({ damaged: boxed });

/** The keys of a profile that a browser host made, read beside it: nothing is written. */
export async function readVault(profile: string): Promise<Vault> {
  const ring = ringFile.parse(JSON.parse(await readFile(join(profile, 'keys.json'), 'utf8')));
  const { open } = await revealRing(ring, [await fileKeyStore(profile, nodeDisk)]);
  return createVault(
    ring.current,
    open.map(({ key }) => key),
  );
}
