import { readPaths, takeOption } from './launch/options.ts';
import { consoleLog } from './services/console-log.ts';
import { type DeskIdentity } from './services/desk-identity.ts';
import { parseHubUrl } from './services/hub/address.ts';
import { type HubLink } from './ports/hub-link.ts';
import { createHubLink } from './services/hub/link.ts';
import { nodeDisk } from './services/node-disk.ts';
import { sha256, systemClock, systemTimers } from './services/node-system.ts';
import { recoverProfile } from './services/recover/recover-profile.ts';
import { isPushed, isWhole, reportLines } from './services/recover/report.ts';

/**
 * ENTRY of `npm run recover`. Exit 0: everything was read, and sent where that was asked; 1: something is missing or was
 * not sent; 2: refused, nothing was written.
 */
async function main(): Promise<number> {
  const from = process.env.INIT_CWD ?? process.cwd();
  const { value: push, rest } = takeOption(process.argv.slice(2), 'push');
  const url = push === undefined ? undefined : parseHubUrl(push);
  if (url?.ok === false) return refused('--push', url.error.message);
  const paths = readPaths(rest, ['profile', 'key', 'out'], from);
  if (!paths.ok) return refused(paths.error.field, `${paths.error.message} [--push URL]`);
  const report = await recoverProfile({
    ...paths.value,
    disk: nodeDisk,
    digest: sha256,
    clock: systemClock,
    linkOf: url === undefined ? undefined : (identity) => linkTo(url.value, identity),
  });
  if (!report.ok) return refused(report.error.field, report.error.message);
  process.stdout.write(`${reportLines(report.value).join('\n')}\n`);
  return isWhole(report.value) && isPushed(report.value) ? 0 : 1;
}

/** The line of a desk that is no more: signed with its key, without a heartbeat, and never enrolled anew. */
const linkTo = (url: URL, identity: DeskIdentity): HubLink =>
  createHubLink({
    wire: { url, fetch: (address, init) => fetch(address, init), clock: systemClock },
    timers: systemTimers,
    log: consoleLog(systemClock, (line) => process.stderr.write(`${line}\n`)),
    identity,
    deskName: 'recovered',
  });

function refused(field: string, message: string): number {
  process.stderr.write(`Nothing was recovered: ${field} ${message}\n`);
  return 2;
}

process.exitCode = await main();
