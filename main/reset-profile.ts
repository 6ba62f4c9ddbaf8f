import { readPaths } from './commands/options.ts';
import { nodeDisk } from './services/node-disk.ts';
import { sha256, systemClock } from './services/node-system.ts';
import { setProfileAside } from './services/recover/set-aside.ts';

/** ENTRY of `npm run reset-profile`. Exit 0: set aside; 2: refused, nothing was changed. Nothing is ever deleted. */
async function main(): Promise<number> {
  const given = process.argv.slice(2);
  const rest = given.filter((one) => one !== '--i-have-recovered');
  const paths = readPaths(rest, ['profile'], process.env.INIT_CWD ?? process.cwd());
  if (!paths.ok) return refused(paths.error.field, `${paths.error.message} [--i-have-recovered]`);
  const hasRecovered = given.length > rest.length;
  const done = await setProfileAside({
    ...paths.value,
    hasRecovered,
    disk: nodeDisk,
    digest: sha256,
    clock: systemClock,
  });
  if (!done.ok) return refused(done.error.field, done.error.message);
  process.stdout.write(
    `The profile was set aside whole as ${done.value.aside}. The next start makes a new one. Keep that folder until everything in it is known to be at the hub.\n`,
  );
  return 0;
}

function refused(field: string, message: string): number {
  process.stderr.write(`Nothing was reset: ${field} ${message}\n`);
  return 2;
}

process.exitCode = await main();
