import { type IdentityServer, startIdentityServer } from '../../../main/launch/identity/server.ts';
import { accountSessions } from '../../../main/services/identity/account-sessions.ts';
import { followSignIn } from '../../../main/services/identity/follow.ts';
import { issuerClient } from '../../../main/services/identity/issuer-client.ts';
import { openPeopleFile, type PeopleFile } from '../../../main/services/identity/people-file.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { systemClock, systemTimers } from '../../../main/services/node-system.ts';
import { type PersonAtHub, type Sessions } from '../../../main/ports/sessions.ts';
import { deskId, type DeskId } from '../../../shared/ids.ts';
import { type RoleCodes } from '../../../shared/identity/roles.ts';
import { v7 } from 'uuid';
import { testVault } from '../../support/vault.ts';
import { recordLog } from './logs.ts';
import { tempFolder } from './temp-folder.ts';

/** A desk's sign-in on the real identity server, with a clock the test may move. */
export interface TestAccounts {
  readonly sessions: Sessions & PersonAtHub;
  readonly server: IdentityServer;
  readonly clock: { off: number };
  readonly uptime: { ms: number };
  /** Whether the line to the issuer is down. */
  readonly line: { down: boolean };
  readonly log: ReturnType<typeof recordLog>;
  /** What the issuer was told at its token endpoint, and answered. */
  readonly refreshTokens: string[];
  readonly file: PeopleFile;
  /** Begins, goes to the page, chooses, and comes back. */
  signIn(person: string, purpose?: 'signIn' | 'unlock' | 'stepUp'): ReturnType<Sessions['finish']>;
  /** The same profile in a program started again. */
  again(): Promise<TestAccounts>;
}

export interface AccountsOptions {
  readonly server?: IdentityServer;
  readonly folder?: string;
  readonly desk?: DeskId;
  readonly offlineHours?: number;
  readonly tokenS?: number;
  readonly codes?: RoleCodes;
  /** Answers in the issuer's place, for issuers that no real one would be. */
  readonly instead?: (address: string) => Response | undefined;
}

export async function testAccounts(options: AccountsOptions = {}): Promise<TestAccounts> {
  const { tokenS = 600 } = options;
  const server = options.server ?? (await startIdentityServer({ port: 0, clientId: 'lantern-desk', tokenS }));
  const folder = options.folder ?? (await tempFolder());
  const desk = options.desk ?? deskId.parse(v7());
  const clock = { off: 0 };
  const uptime = { ms: 0 };
  const line = { down: false };
  const refreshTokens: string[] = [];
  const log = recordLog();
  const now = { now: () => systemClock.now() + clock.off };
  const file = await openPeopleFile({ folder, desk, disk: nodeDisk, vault: testVault(), clock: now, log });
  const issuer = issuerClient({
    issuer: server.issuer,
    clientId: 'lantern-desk',
    ...(options.codes === undefined ? {} : { codes: options.codes }),
    clock: now,
    async fetch(address, init) {
      if (line.down) throw new TypeError('fetch failed');
      const instead = options.instead?.(address);
      if (instead !== undefined) return instead;
      const response = await fetch(address, init);
      if (!address.endsWith('/token')) return response;
      const text = await response.text();
      const found = /"refresh_token":"([^"]+)"/.exec(text)?.[1];
      if (found !== undefined) refreshTokens.push(found);
      return new Response(text, { status: response.status, headers: response.headers });
    },
  });
  const sessions = accountSessions({
    issuer,
    issuerHost: server.issuer.host,
    file,
    offlineHours: () => options.offlineHours ?? 12,
    idleLockMinutes: () => 10,
    policyHash: () => 'a'.repeat(64),
    clock: now,
    uptime: () => uptime.ms,
    timers: systemTimers,
    log,
  });
  return {
    sessions,
    server,
    clock,
    uptime,
    line,
    log,
    refreshTokens,
    file,
    async signIn(person, purpose = 'signIn') {
      const begun = await sessions.begin(purpose);
      if (!begun.ok) return begun;
      const finished = sessions.finish();
      await choose(begun.value.address ?? '', person);
      return finished;
    },
    again: () => testAccounts({ ...options, server, folder, desk }),
  };
}

/** What a person does in the browser: opens the page, and clicks on themselves. */
export async function choose(address: string, person: string): Promise<void> {
  await followSignIn(address, async (to, init) => {
    const asked = new URL(to);
    if (asked.pathname.startsWith('/sign-in/')) asked.searchParams.set('as', person);
    return fetch(asked, init);
  });
}
