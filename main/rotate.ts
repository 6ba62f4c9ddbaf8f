import { type Problem } from '../shared/problem.ts';
import { parseEnvironment } from './environment.ts';
import { readPaths } from './commands/options.ts';
import { consoleLog } from './services/console-log.ts';
import { nodeDisk } from './services/node-disk.ts';
import { systemClock, uuidSource } from './services/node-system.ts';
import { configuredPassphrase, configuredRecovery } from './services/vault/configured.ts';
import { passphraseKeyStore } from './services/vault/passphrase-key-store.ts';
import { rotateProfile, type Rotated } from './services/vault/rotate.ts';

/** ENTRY of `npm run rotate`. Exit 0: done, or asked of the desk; 2: refused, nothing was changed. */
const log = consoleLog(systemClock, (line) => void process.stderr.write(`${line}\n`));

async function main(): Promise<number> {
  const paths = readPaths(process.argv.slice(2), ['profile'], process.env.INIT_CWD ?? process.cwd());
  if (!paths.ok) return stop(paths.error);
  const environment = parseEnvironment(process.env);
  if (!environment.ok) return stop(environment.error);
  const passphrase = await configuredPassphrase(environment.value.passphraseFile, nodeDisk);
  if (!passphrase.ok) return stop(passphrase.error);
  const recovery = await configuredRecovery(environment.value.recoveryKeyFile, nodeDisk, log);
  // A desk goes on without a key it cannot use; here the new data key would stay without its second wrap.
  const [notice] = recovery.notices;
  if (notice !== undefined) {
    return stop({
      code: 'recoveryKey.refused',
      field: 'LANTERN_RECOVERY_KEY_FILE',
      message: 'cannot be used',
    });
  }
  const { value: secret } = passphrase;
  const rotated = await rotateProfile({
    folder: paths.value.profile,
    passphrase: secret === undefined ? undefined : passphraseKeyStore(secret),
    recovery: recovery.key,
    disk: nodeDisk,
    ids: uuidSource,
    clock: systemClock,
    log,
  });
  if (!rotated.ok) return stop(rotated.error);
  process.stdout.write(`${sentence(rotated.value)}\n`);
  return 0;
}

const UNDER = {
  os: 'the system’s key store',
  passphrase: 'the passphrase',
  file: 'the profile’s key file',
} as const;

function sentence(rotated: Rotated): string {
  if (rotated.kind === 'asked') {
    return 'The keys are in the system’s key store, which only the desk can open: it makes the new key when it next starts.';
  }
  const too = rotated.forThem ? ' and the recovery key' : '';
  return `New records go under a new data key; all ${rotated.keys} keys are wrapped under ${UNDER[rotated.by]}${too}.`;
}

function stop({ field, message }: Problem): number {
  process.stderr.write(`Nothing was rotated: ${field} ${message}\n`);
  return 2;
}

process.exitCode = await main();
