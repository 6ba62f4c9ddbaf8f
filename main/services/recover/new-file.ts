import { type FileHandle, open, realpath, unlink } from 'node:fs/promises';
import { dirname, relative, isAbsolute, sep } from 'node:path';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { causeOf } from '../../ports/log.ts';
import { refuse } from '../faults.ts';

/**
 * Makes a file that was not there, for this user alone (0600), lets `fill` write it, and syncs it. A failure leaves no
 * half file. Faults: `recover.outExists`, `recover.outInProfile` (nothing readable belongs there), `recover.outRefused`.
 */
export async function writeNewFile<T>(
  path: string,
  profile: string,
  fill: (write: (text: string) => Promise<void>) => Promise<T>,
): Promise<Result<T, Fault>> {
  let file: FileHandle;
  try {
    const from = relative(await realpath(profile), await realpath(dirname(path)));
    const isOutside = from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from);
    if (!isOutside) return refuse('recover.outInProfile', 'out', 'must not be inside the profile folder');
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    const cause = causeOf(error);
    if (cause === 'EEXIST')
      return refuse('recover.outExists', 'out', 'is there already, and is not overwritten');
    return refuse('recover.outRefused', 'out', `cannot be made (${cause})`);
  }
  try {
    const value = await fill(async (text) => {
      await file.writeFile(text);
    });
    await file.sync();
    await file.close();
    return ok(value);
  } catch (error) {
    await file.close().catch(() => undefined);
    await unlink(path).catch(() => undefined);
    return refuse(
      'recover.outRefused',
      'out',
      `could not be written whole, and was removed (${causeOf(error)})`,
    );
  }
}
