import { type CommandContext, terminal } from '../../commands/context.ts';
import { consoleLog } from '../../services/console-log.ts';
import { configuredAuthorities } from '../../services/network/authorities.ts';
import { readProxy } from '../../services/network/proxy.ts';
import { nodeDisk } from '../../services/node-disk.ts';
import { systemClock } from '../../services/node-system.ts';

/** Commands where Node is the host: this program's, and `npm run` in a checkout. */
export const nodeContext = (): CommandContext => ({
  ...terminal,
  environment: process.env,
  openNetwork: async ({ caFile, proxy }) => {
    const log = consoleLog(systemClock, terminal.complain);
    const { certificates } = await configuredAuthorities(caFile, nodeDisk, log);
    // Most commands ask nobody, and start sooner without it.
    const { hostFetch } = await import('./network.ts');
    return hostFetch({ proxy: readProxy(proxy), authorities: certificates, variables: process.env });
  },
});
