import { type Reading } from '../../../shared/policy/resolve.ts';
import { type Disk } from '../../ports/disk.ts';
import { type RunCommand } from '../../ports/run-command.ts';
import { preferencesFile, readManagedPreferences } from './managed-preferences.ts';
import { LINUX_POLICY_FILE, type ReadOwnedFile, readPolicyFile } from './policy-file.ts';
import { readRegistry } from './registry.ts';

export interface PolicyPlaces {
  readonly platform: NodeJS.Platform;
  /** The name of the account, for macOS. */
  readonly account: string;
  /** LANTERN_POLICY_FILE: stands in for the computer's policy where there is none, to try one out. */
  readonly tryOut?: string | undefined;
  readonly systemRoot?: string | undefined;
  readonly disk: Pick<Disk, 'size'>;
  readonly readOwnedFile: ReadOwnedFile;
  readonly run: RunCommand;
}

export interface PolicyReadings {
  readonly machine: Reading;
  readonly user: Reading;
}

/** What the organisation says on this PC, for the computer and for the account. Never rejects. */
export async function readPolicy(places: PolicyPlaces): Promise<PolicyReadings> {
  const { machine, user } = await ofPlatform(places);
  const isManaged = machine.kind !== 'absent' || user.kind !== 'absent';
  if (isManaged || places.tryOut === undefined) return { machine, user };
  const tried = await readPolicyFile(places.tryOut, places.readOwnedFile, false);
  const missing: Reading = { kind: 'unreadable', where: places.tryOut, why: 'is not there' };
  return { machine: tried.kind === 'absent' ? missing : tried, user };
}

async function ofPlatform({
  platform,
  account,
  systemRoot,
  disk,
  readOwnedFile,
  run,
}: PolicyPlaces): Promise<PolicyReadings> {
  if (platform === 'win32') {
    const [machine, user] = await Promise.all([
      readRegistry('HKLM', run, systemRoot),
      readRegistry('HKCU', run, systemRoot),
    ]);
    return { machine, user };
  }
  if (platform === 'darwin') {
    const [machine, user] = await Promise.all([
      readManagedPreferences(preferencesFile(), disk, run),
      readManagedPreferences(preferencesFile(account), disk, run),
    ]);
    return { machine, user };
  }
  return { machine: await readPolicyFile(LINUX_POLICY_FILE, readOwnedFile, true), user: { kind: 'absent' } };
}
