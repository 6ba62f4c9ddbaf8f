import { readPaths } from './launch/options.ts';
import { nodeDisk } from './services/node-disk.ts';
import { sha256 } from './services/node-system.ts';
import { recoverProfile } from './services/recover/recover-profile.ts';
import { isWhole, reportLines } from './services/recover/report.ts';

/** ENTRY of `npm run recover`. Exit 0: everything was read; 1: something is missing; 2: refused, nothing was written. */
async function main(): Promise<number> {
  const from = process.env.INIT_CWD ?? process.cwd();
  const paths = readPaths(process.argv.slice(2), ['profile', 'key', 'out'], from);
  const report = paths.ok ? await recoverProfile({ ...paths.value, disk: nodeDisk, digest: sha256 }) : paths;
  if (!report.ok) {
    process.stderr.write(`Nothing was recovered: ${report.error.field} ${report.error.message}\n`);
    return 2;
  }
  process.stdout.write(`${reportLines(report.value).join('\n')}\n`);
  return isWhole(report.value) ? 0 : 1;
}

process.exitCode = await main();
