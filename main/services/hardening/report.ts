import { join } from 'node:path';
import { z } from 'zod';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { type JsonFile, readJsonFile, writeJsonFile } from '../json-file.ts';
import { CHECKLIST_ITEMS } from './checklist.ts';
import { type Finding } from './judge.ts';

const hardeningReport = z.strictObject({
  v: z.literal(1),
  /** When the program looked at itself (UTC, ms). */
  at: z.int().min(0),
  findings: z.array(
    z.strictObject({
      item: z.enum(CHECKLIST_ITEMS),
      state: z.enum(['held', 'broken', 'notChecked']),
      words: z.string(),
    }),
  ),
});
export type HardeningReport = z.infer<typeof hardeningReport>;

const fileIn = (profileFolder: string): string => join(profileFolder, 'hardening.json');

/** What the program last found out about its own hardening in this profile. Rejects only when the disk itself fails. */
export const readHardening = (profileFolder: string, disk: Disk): Promise<JsonFile<HardeningReport>> =>
  readJsonFile(disk, fileIn(profileFolder), hardeningReport);

/** Keeps the findings for `lantern diagnose`, and says each broken item in the log, one error a line. */
export async function reportHardening(
  findings: readonly Finding[],
  at: number,
  profileFolder: string,
  disk: Disk,
  log: Log,
): Promise<void> {
  for (const { item, state, words } of findings)
    if (state === 'broken') log.error({ code: 'hardening.broken', field: item, message: words });
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length;
  log.info({
    code: 'hardening.checked',
    message: `${count('held')} items of Electron’s checklist hold, ${count('broken')} are broken, ${count('notChecked')} are shown by tests alone`,
  });
  try {
    await writeJsonFile(disk, fileIn(profileFolder), { v: 1, at, findings });
  } catch (error) {
    log.warn({
      code: 'hardening.notKept',
      message: 'the self-check could not be kept',
      cause: causeOf(error),
    });
  }
}
