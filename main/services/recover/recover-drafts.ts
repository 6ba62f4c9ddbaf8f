import { join } from 'node:path';
import { type Draft } from '../../../shared/bridge/contract.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf } from '../../ports/log.ts';
import { applyDraft, type OwnedDraft, readLine } from '../drafts.ts';
import { decodeLines } from '../lines.ts';
import { type Vault } from '../vault/vault.ts';

/** Half-typed text as it lies in a profile: nothing is mended. */
export interface DraftsFound {
  /** The latest text of each field, by file: what was kept beside under a key that was lost comes first. */
  readonly drafts: readonly Draft[];
  /** Lines that cannot be read, whose key is not open, or files the disk did not give. */
  readonly unread: number;
}

const FILE = /^drafts(\.locked-.+)?\.log$/;

/** Reads every file of drafts. A field whose text was kept in two files is given twice: which one counts is for people. */
export async function recoverDrafts(
  profile: string,
  disk: Disk,
  vault: Pick<Vault, 'open'>,
): Promise<DraftsFound> {
  const folder = join(profile, 'drafts');
  const drafts: Draft[] = [];
  let unread = 0;
  for (const name of (await disk.list(folder)).filter((one) => FILE.test(one)).toSorted()) {
    const bytes = await disk.read(join(folder, name)).catch((error: unknown) => causeOf(error));
    if (typeof bytes !== 'object') {
      unread += 1;
      continue;
    }
    const latest = new Map<string, OwnedDraft>();
    for (const { value } of decodeLines(bytes)) {
      const { entry } = readLine(value, vault);
      if (entry === undefined) unread += 1;
      else applyDraft(latest, entry);
    }
    for (const held of latest.values())
      if (!drafts.some(({ key, text }) => key === held.key && text === held.text)) drafts.push(held);
  }
  return { drafts, unread };
}
