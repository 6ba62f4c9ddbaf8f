import { join } from 'node:path';
import { type Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Disk } from '../../ports/disk.ts';
import { readJsonFile } from '../json-file.ts';
import { passphraseKeyStore } from './passphrase-key-store.ts';
import { RING_NAME, type RingFile, ringFile } from './ring-file.ts';

/** A person at a terminal. Undefined: they gave up. What they type is not shown. */
export type AskHidden = (prompt: string) => Promise<string | undefined>;

const TRIES = 3;
const FIELD = 'LANTERN_PASSPHRASE_FILE';

/**
 * The passphrase to start with. `given` is the configured one; without it, a profile that a passphrase protects is asked
 * about at the terminal, or the start ends in one line: going on would leave what is kept there locked.
 */
export async function passphraseFor(
  folder: string,
  disk: Disk,
  given: string | undefined,
  ask: AskHidden | undefined,
): Promise<Result<string | undefined, Problem>> {
  if (given !== undefined) return ok(given);
  const read = await readJsonFile(disk, join(folder, RING_NAME), ringFile);
  const ring = read.kind === 'good' ? read.value : undefined;
  const wrapped = ring?.keys.find(({ wrap }) => wrap.by === 'passphrase');
  if (wrapped === undefined) return ok(undefined);
  if (ask === undefined) {
    return stop('is not set, and a passphrase protects this profile: set it, or start at a terminal');
  }
  for (let tried = 0; tried < TRIES; tried += 1) {
    const typed = await ask(
      tried === 0 ? 'Passphrase of this profile: ' : 'That was another one. Passphrase: ',
    );
    if (typed === undefined) return stop('is not set, and no passphrase was typed: nothing was changed');
    if (await opens(wrapped, typed)) return ok(typed);
  }
  return stop('is not set, and what was typed does not open this profile: nothing was changed');
}

const opens = async ({ wrap }: RingFile['keys'][number], passphrase: string): Promise<boolean> =>
  (await passphraseKeyStore(passphrase).reveal(Buffer.from(wrap.bytes, 'base64'))).ok;

const stop = (message: string): Result<never, Problem> =>
  err({ code: 'passphrase.missing', field: FIELD, message });
