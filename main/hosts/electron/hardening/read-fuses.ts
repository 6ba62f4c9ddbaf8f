import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type FuseName, fuseNames } from '../../../services/hardening/fuses.ts';
import { type Observed } from '../../../services/hardening/judge.ts';

/** The fuses of a binary, by their names. */
export async function readFuses(binary: string): Promise<Observed['fuses']> {
  try {
    const wire = await getCurrentFuseWire(binary);
    const read = fuseNames.map((name): [FuseName, boolean] => [
      name,
      wire[FuseV1Options[name]] === FuseState.ENABLE,
    ]);
    return Object.fromEntries(read);
  } catch {
    // Whatever the reason, the self-check says that they could not be read.
    return 'unreadable';
  }
}
