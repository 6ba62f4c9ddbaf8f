import { type HubLink } from '../ports/hub-link.ts';
import { type Fetch } from '../ports/host.ts';
import { parseEnvironment, problemLine } from '../environment.ts';
import { consoleLog } from '../services/console-log.ts';
import { type DeskIdentity } from '../services/desk-identity.ts';
import { createHubLink } from '../services/hub/link.ts';
import { nodeDisk } from '../services/node-disk.ts';
import { sha256, systemClock, systemTimers } from '../services/node-system.ts';
import { openDeskPolicy } from '../services/policy/desk-policy.ts';
import { recoverProfile } from '../services/recover/recover-profile.ts';
import { isPushed, isWhole, reportLines } from '../services/recover/report.ts';
import { type CommandContext } from './context.ts';

export interface RecoverArguments {
  readonly profile: string;
  readonly key: string;
  readonly out: string;
  readonly push: URL | undefined;
}

/**
 * `lantern recover`. Exit 0: everything was read, and sent where that was asked; 1: something is missing or was not sent;
 * 2: refused, nothing was written.
 */
export async function recoverCommand(
  context: CommandContext,
  { push, profile, key, out }: RecoverArguments,
): Promise<number> {
  const fetch = push === undefined ? undefined : await openWay(context);
  if (push !== undefined && fetch === undefined) return 2;
  const report = await recoverProfile({
    profile,
    key,
    out,
    disk: nodeDisk,
    digest: sha256,
    clock: systemClock,
    linkOf:
      push === undefined || fetch === undefined
        ? undefined
        : (identity) => linkTo(push, identity, fetch, context),
  });
  if (!report.ok) {
    context.complain(`Nothing was recovered: ${report.error.field} ${report.error.message}`);
    return 2;
  }
  for (const line of reportLines(report.value)) context.say(line);
  return isWhole(report.value) && isPushed(report.value) ? 0 : 1;
}

/** The way to the hub that this PC's policy names; what is wrong with the settings is said. */
async function openWay({ environment, complain, openNetwork }: CommandContext): Promise<Fetch | undefined> {
  const settings = parseEnvironment(environment);
  if (!settings.ok) {
    complain(problemLine(settings.error));
    return undefined;
  }
  const policy = await openDeskPolicy(settings.value, consoleLog(systemClock, complain));
  return (await openNetwork(policy.current().values)).fetch;
}

/** The line of a desk that is no more: signed with its key, without a heartbeat, and never enrolled anew. */
const linkTo = (url: URL, identity: DeskIdentity, fetch: Fetch, { complain }: CommandContext): HubLink =>
  createHubLink({
    wire: { url, fetch, clock: systemClock },
    timers: systemTimers,
    log: consoleLog(systemClock, complain),
    identity,
    deskName: 'recovered',
  });
