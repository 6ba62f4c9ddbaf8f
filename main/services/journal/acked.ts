import { join } from 'node:path';
import { z } from 'zod';
import { type StreamId } from '../../../shared/ids.ts';
import { receipt, type Receipt } from '../../../shared/sync/protocol.ts';
import { type Disk } from '../../ports/disk.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

/** `<journal>/<stream>/acked.json`: how far the hub has a stream, kept while the window's database cannot. */
const ackedFile = z.strictObject({ v: z.literal(1), acked: z.int().min(0), receipt: receipt.optional() });

export interface Acked {
  readonly acked: number;
  readonly receipt?: Receipt | undefined;
}

const pathOf = (folder: string, stream: StreamId): string => join(folder, stream, 'acked.json');

/** An unreadable file counts as none: the hub is then asked again what it has. */
export async function readAcked(disk: Disk, folder: string, stream: StreamId): Promise<Acked> {
  const read = await readJsonFile(disk, pathOf(folder, stream), ackedFile);
  return read.kind === 'good' ? read.value : { acked: 0 };
}

/** Resolves after the fsync. `acked` never shrinks. */
export async function writeAcked(disk: Disk, folder: string, stream: StreamId, next: Acked): Promise<void> {
  const before = await readAcked(disk, folder, stream);
  const acked = Math.max(before.acked, next.acked);
  const newest = next.receipt ?? before.receipt;
  await disk.makeFolder(join(folder, stream));
  await writeJsonFile(disk, pathOf(folder, stream), {
    v: 1,
    acked,
    ...(newest === undefined ? {} : { receipt: newest }),
  });
}
