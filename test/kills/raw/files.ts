import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLine } from '../../../main/services/drafts.ts';
import { openLine } from '../../../main/services/journal/event-line.ts';
import { decodeLines } from '../../../main/services/lines.ts';
import { readVault } from '../../support/vault.ts';
import { type Kept } from '../verdict/judge.ts';
import { keptOf } from './event.ts';

/**
 * The journal's files as they lie on the disk, their boxes opened with the profile's own keys. A torn last line is
 * what a kill leaves; it holds nothing promised.
 */
export async function readJournalFiles(profile: string): Promise<readonly Kept[]> {
  const vault = await readVault(profile);
  const folder = join(profile, 'journal');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.log'));
  const files = await Promise.all(names.toSorted().map((name) => readFile(join(folder, name))));
  return files.flatMap(decodeLines).flatMap(({ value }) => {
    const opened = openLine(vault, value);
    return opened.kind === 'event' ? [keptOf(opened.event)] : [];
  });
}

/** The newest text of the note box in the drafts file; undefined when there is none or it was given up. */
export async function readDraftFile(profile: string): Promise<string | undefined> {
  const vault = await readVault(profile);
  const bytes = await readFile(join(profile, 'drafts/drafts.log')).catch(() => Buffer.alloc(0));
  let text: string | undefined;
  for (const { value } of decodeLines(bytes)) {
    const { entry } = readLine(value, vault);
    if (entry === undefined || !entry.key.endsWith(':note:text')) continue;
    text = 'discarded' in entry ? undefined : entry.text;
  }
  return text;
}
