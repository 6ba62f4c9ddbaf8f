import { join } from 'node:path';
import { hostname } from 'node:os';
import { type Fault } from '../shared/bridge/frames.ts';
import { currentContent } from '../shared/content/packs.ts';
import { type Result } from '../shared/result.ts';
import { compose, type Desk } from './compose.ts';
import { type HostPorts } from './ports/host.ts';
import { createDowntimePack } from './services/downtime-pack.ts';
import { onlyTo } from './services/hub/only-to.ts';
import { openAccounts } from './services/identity/open-accounts.ts';
import { createHubLink } from './services/hub/link.ts';
import { openTelephonyPort } from './services/telephony/port.ts';

/** The desk that takes real calls: with a hub and a downtime pack. Faults as `compose`. */
export function composeLive(ports: HostPorts): Promise<Result<Desk, Fault>> {
  const { profile, disk, clock, timers, log } = ports;
  // A policy that cannot be trusted names no place to go to: calls stay on this PC.
  const origins = ports.policy?.current().mode === 'minimal' ? [] : [ports.hub.url.origin];
  return compose(ports, {
    purges: true,
    telephony: (of) => openTelephonyPort({ ...of, disk, clock, log }),
    accounts: (needs) => openAccounts(ports, needs),
    hub: (identity, person) =>
      createHubLink({
        wire: { url: ports.hub.url, fetch: onlyTo(origins, ports.fetch), clock },
        timers,
        log,
        identity,
        enrolCode: ports.hub.enrolCode,
        person,
        deskName: hostname().slice(0, 100) || 'desk',
      }),
    pack: (settings, directory) =>
      createDowntimePack({
        folder: ports.packFolder ?? join(profile.folder, 'downtime-pack'),
        disk,
        clock,
        timers,
        log,
        content: currentContent,
        numbers: () => settings.get().fallbackNumbers,
        directory,
      }),
  });
}
