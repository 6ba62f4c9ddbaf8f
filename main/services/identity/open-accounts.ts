import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/canonical.ts';
import { type HostPorts } from '../../ports/host.ts';
import { type PolicyKeeper } from '../../ports/policy.ts';
import { type PersonAtHub, type Sessions } from '../../ports/sessions.ts';
import { type DeskIdentity } from '../desk-identity.ts';
import { refuse } from '../faults.ts';
import { OWN_CODES } from '../../../shared/identity/roles.ts';
import { onlyTo } from '../hub/only-to.ts';
import { type Vault } from '../vault/vault.ts';
import { accountSessions } from './account-sessions.ts';
import { followSignIn } from './follow.ts';
import { type IssuerClient, issuerClient } from './issuer-client.ts';
import { openPeopleFile } from './people-file.ts';

/**
 * People with accounts, where the policy names an issuer. Undefined: a demonstration. On a desk where people have had
 * accounts a policy that cannot be read makes nobody of a demonstration: they sign in without the issuer.
 */
export async function openAccounts(
  ports: HostPorts,
  needs: { readonly identity: DeskIdentity; readonly vault: Vault; readonly policy: PolicyKeeper },
): Promise<(Sessions & PersonAtHub) | undefined> {
  const { profile, disk, clock, timers, log } = ports;
  const { policy, vault, identity } = needs;
  const { values, mode } = policy.current();
  const file = await openPeopleFile({ folder: profile.folder, desk: identity.desk, disk, vault, clock, log });
  const address = mode === 'minimal' ? undefined : values.signInIssuer;
  if (address === undefined && (mode !== 'minimal' || file.first.people.length === 0)) return undefined;
  const issuer = address === undefined ? undefined : new URL(address);
  const fetch = onlyTo(issuer === undefined ? [] : [issuer.origin], ports.fetch);
  const { openAddress, signInAs } = ports;
  return accountSessions({
    issuer:
      issuer === undefined
        ? nobody
        : issuerClient({
            issuer,
            clientId: values.signInClientId,
            scope: values.signInScope,
            codes: values.roleCodes ?? OWN_CODES,
            fetch,
            clock,
          }),
    issuerHost: issuer?.host ?? 'not known',
    file,
    offlineHours: () => policy.current().values.offlineSignInHours,
    idleLockMinutes: () => policy.current().values.idleLockMinutes,
    openAddress,
    // A program that signs in for a person is for an issuer on this very PC alone: `npm start` brings one.
    ...(signInAs === undefined || issuer?.protocol !== 'http:'
      ? {}
      : { signInAtStart: { hint: signInAs, follow: (to) => followSignIn(to, ports.fetch) } }),
    policyHash: () => createHash('sha256').update(canonicalJson(policy.current().values)).digest('hex'),
    clock,
    uptime: () => performance.now(),
    timers,
    log,
  });
}

const AWAY = refuse(
  'session.issuerAway',
  'issuer',
  'the policy of this PC cannot be read, so that no issuer is known',
);
const nobody: IssuerClient = {
  begin: () => Promise.resolve(AWAY),
  refresh: () => Promise.resolve(AWAY),
  revoke: () => Promise.resolve(),
};
