import { join } from 'node:path';
import { parseEnvelope } from '../../../shared/events/event.ts';
import { type Disk } from '../../ports/disk.ts';
import { decodeLines, encodeLine } from '../lines.ts';
import { type Vault } from '../vault/vault.ts';
import { encodeEvent, placeOf } from './event-line.ts';
import { logName, readSeal, sealName, segmentNumbers } from './segment.ts';

/**
 * Puts what an older Lantern wrote plainly into boxes: every file of a stream's folder is replaced whole (written
 * beside, fsynced, renamed), so that a crash leaves each file in its old form or its new one and the next start goes
 * on. Damaged lines stay where they are, in boxes of their own: nothing readable is left in the file. Answers how
 * many files were replaced. What the disk itself still holds in freed blocks is out of our reach.
 */
export async function sealPlainFiles(disk: Disk, folder: string, vault: Vault): Promise<number> {
  const names = await disk.list(folder);
  let replaced = 0;
  for (const number of segmentNumbers(names)) {
    const path = join(folder, logName(number));
    // A seal of the present form is only ever written over a file that holds boxes alone.
    const size = (await disk.size(path)) ?? 0;
    const seal = join(folder, sealName(number));
    const kept = await disk.read(seal);
    if (readSeal(kept, size) !== undefined) continue;
    const sealed = sealLines((await disk.read(path)) ?? new Uint8Array(), vault);
    if (sealed !== undefined) {
      await disk.replace(path, sealed);
      replaced += 1;
    }
    // It held hashes of events; an empty one is made again when the file is next read through.
    if (kept !== undefined && kept.length > 0) await disk.replace(seal, new Uint8Array());
  }
  for (const name of names.filter((one) => one.includes('.log.damaged'))) {
    replaced += await sealDamagedFile(disk, folder, name, vault);
  }
  return replaced;
}

/** The file with every plain line in a box, or undefined when there is none. */
function sealLines(bytes: Uint8Array, vault: Vault): Uint8Array | undefined {
  let found = false;
  const lines = decodeLines(bytes).map(({ value, offset, length }) => {
    const isPlain = value !== undefined && placeOf(value)?.key === undefined;
    const event = isPlain ? parseEnvelope(value) : undefined;
    if (event?.ok === true) {
      found = true;
      return encodeEvent(vault, event.value);
    }
    return bytes.subarray(offset, offset + length);
  });
  return found ? Buffer.concat(lines) : undefined;
}

/** One box for a whole copy of a damaged file: its readable lines are what somebody said. */
export async function sealDamagedFile(
  disk: Disk,
  folder: string,
  name: string,
  vault: Vault,
): Promise<number> {
  const bytes = await disk.read(join(folder, name));
  if (bytes === undefined || isSealed(bytes)) return 0;
  await disk.replace(join(folder, name), damagedBox(bytes, name, vault));
  return 1;
}

/** A damaged file's bytes as they were, in a box. */
export function damagedBox(bytes: Uint8Array, name: string, vault: Vault): Uint8Array {
  const json = JSON.stringify(Buffer.from(bytes).toString('base64'));
  return encodeLine({ damaged: vault.seal(json, ['damaged file', name]) });
}

const isSealed = (bytes: Uint8Array): boolean => {
  const lines = decodeLines(bytes);
  const [first] = lines;
  return (
    lines.length === 1 && typeof first?.value === 'object' && first.value !== null && 'damaged' in first.value
  );
};
