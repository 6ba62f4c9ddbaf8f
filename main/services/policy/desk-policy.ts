import { join, resolve } from 'node:path';
import { type Policy } from '../../../shared/policy/policy.ts';
import { type HostPorts } from '../../ports/host.ts';
import { type Log } from '../../ports/log.ts';
import { type PolicyKeeper } from '../../ports/policy.ts';
import { systemTimers } from '../node-system.ts';
import { openPolicy } from './keeper.ts';
import { nodePlaces } from './node-places.ts';
import { readPolicy } from './read-policy.ts';

/** This PC's policy, read before a desk is composed. */
export function openDeskPolicy(
  environment: { readonly policy: Partial<Policy>; readonly policyFile: string | undefined },
  log: Log,
): Promise<PolicyKeeper> {
  const places = nodePlaces(environment.policyFile);
  return openPolicy({
    read: () => readPolicy(places),
    environment: environment.policy,
    timers: systemTimers,
    log,
  });
}

/** The ports that a host fills from the policy. `data` is the folder for everything on this computer. */
export function composedFrom(
  values: Policy,
  data: string,
): Pick<HostPorts, 'hub' | 'packFolder' | 'postcodes'> {
  const { hubUrl, enrolCode, packFolder, postcodesFile } = values;
  return {
    hub: { url: new URL(hubUrl), enrolCode },
    packFolder: resolve(packFolder ?? join(data, 'downtime-pack')),
    postcodes: postcodesFile === undefined ? undefined : resolve(postcodesFile),
  };
}
