import { type HostPorts } from '../ports/host.ts';
import { nodeDisk } from './node-disk.ts';
import { systemClock, systemTimers, uuidSource } from './node-system.ts';

/** The ports that are Node's own in every host: disk, time and new ids. */
export const nodePorts: Pick<HostPorts, 'disk' | 'clock' | 'timers' | 'ids'> = {
  disk: nodeDisk,
  clock: systemClock,
  timers: systemTimers,
  ids: uuidSource,
};
