import { z } from 'zod';
import { type Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Disk } from '../../ports/disk.ts';
import { type Recovery } from '../../ports/host.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { readRecoveryKey } from './recovery-key.ts';

/**
 * The organisation's recovery key from the file that LANTERN_RECOVERY_KEY_FILE names. One that cannot be used is said
 * on screen and the desk goes on: calls do not wait for it, and nothing is less secret without it.
 */
export async function configuredRecovery(
  path: string | undefined,
  disk: Pick<Disk, 'read'>,
  log: Log,
): Promise<Recovery> {
  if (path === undefined) return { notices: [] };
  const text = await readText(path, disk);
  const key = text.ok ? await readRecoveryKey(text.value) : text;
  if (key.ok) return { key: key.value, notices: [] };
  const { code, field, message } = key.error;
  log.error({ code, field, message });
  return {
    notices: [
      `The organisation’s recovery key cannot be used (${field} ${message}). Lantern works, but until this is mended IT could not bring back what this PC has not sent yet.`,
    ],
  };
}

const passphrase = z.string().min(12, 'must hold at least 12 characters').max(1_000);

/**
 * The passphrase from the file that LANTERN_PASSPHRASE_FILE names: its first line. One that cannot be read ends the
 * start: going on without it would protect less than was asked for.
 */
export async function configuredPassphrase(
  path: string | undefined,
  disk: Pick<Disk, 'read'>,
): Promise<Result<string | undefined, Problem>> {
  if (path === undefined) return ok(undefined);
  const text = await readText(path, disk);
  const field = 'LANTERN_PASSPHRASE_FILE';
  if (!text.ok) return err({ ...text.error, code: 'passphrase.refused', field });
  const parsed = passphrase.safeParse(text.value.split(/\r?\n/, 1)[0]);
  if (parsed.success) return ok(parsed.data);
  return err({ code: 'passphrase.refused', field, message: parsed.error.issues[0]?.message ?? 'not valid' });
}

async function readText(path: string, disk: Pick<Disk, 'read'>): Promise<Result<string, Problem>> {
  const refuse = (message: string): Result<never, Problem> =>
    err({ code: 'recoveryKey.refused', field: 'file', message });
  try {
    const bytes = await disk.read(path);
    if (bytes === undefined) return refuse('is not there');
    return bytes.length > 100_000 ? refuse('is too long') : ok(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    return refuse(`cannot be read (${causeOf(error)})`);
  }
}
