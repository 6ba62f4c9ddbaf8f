import { type ProxyFact } from '../../../shared/diagnose/facts.ts';
import { withPlace } from '../../../shared/diagnose/proxy.ts';
import { type CommandContext, terminal } from '../../commands/context.ts';
import { consoleLog } from '../../services/console-log.ts';
import { configuredAuthorities } from '../../services/network/authorities.ts';
import { type ProxyChoice, readProxy, wayTo } from '../../services/network/proxy.ts';
import { nodeDisk } from '../../services/node-disk.ts';
import { systemClock } from '../../services/node-system.ts';
import { ownVersion } from './own-version.ts';

/** Commands where Node is the host: this program's, and `npm run` in a checkout. */
export const nodeContext = (): CommandContext => ({
  ...terminal,
  environment: process.env,
  openNetwork: async ({ caFile, proxy }) => {
    const log = consoleLog(systemClock, terminal.complain);
    const { certificates } = await configuredAuthorities(caFile, nodeDisk, log);
    // Most commands ask nobody, and start sooner without it.
    const { hostFetch } = await import('./network.ts');
    const choice = readProxy(proxy);
    return {
      fetch: hostFetch({ proxy: choice, authorities: certificates, variables: process.env }),
      proxyFor: (address) => Promise.resolve(proxyOf(address, choice)),
    };
  },
  version: ownVersion,
});

function proxyOf(address: URL, choice: ProxyChoice): ProxyFact {
  const way = wayTo(address, choice, process.env);
  if (way.kind === 'direct') return { kind: 'none' };
  if (way.kind === 'pac') return { kind: 'pac' };
  // A name and a password may stand in the address: only the place is taken.
  const url = URL.parse(way.address);
  if (url === null) return { kind: 'unknown' };
  return withPlace(url.protocol.startsWith('socks') ? 'socks' : 'http', url.host);
}
