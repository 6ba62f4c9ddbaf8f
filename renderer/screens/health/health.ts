import { type HubState } from '../../../shared/bridge/contract.ts';
import { type PolicyReport } from '../../../shared/policy/report.ts';
import { LITTLE_BYTES, type Room } from '../../call/room-watch.ts';
import { clockTime } from '../wording/times.ts';

/** What the line is made of. Counts, times and words of this program: nothing of any call. */
export interface HealthFacts {
  readonly hub: HubState;
  /** The hub shuts this desk out. */
  readonly isShutOut: boolean;
  readonly unsent: number;
  readonly room: Room | undefined;
  readonly policy: Pick<PolicyReport, 'mode'> | undefined;
  readonly version: string;
}

/** One thing about this desk: `short` in the line, `long` when it is opened. */
export interface HealthRow {
  readonly name: 'Hub' | 'Sending' | 'Storage' | 'Clock' | 'Policy' | 'Version';
  readonly short: string;
  readonly long: string;
  /** False where somebody should look. Not known is not wrong, and is said as not known. */
  readonly isWell: boolean;
}

const GIGABYTE = 1024 ** 3;
const MEGABYTE = 1024 ** 2;

export function healthRows(facts: HealthFacts): readonly HealthRow[] {
  return [
    hubRow(facts),
    sendingRow(facts),
    storageRow(facts),
    clockRow(facts),
    policyRow(facts),
    versionRow(facts),
  ];
}

function hubRow({ hub, isShutOut }: HealthFacts): HealthRow {
  if (isShutOut)
    return {
      name: 'Hub',
      short: 'hub shuts this desk out',
      long: 'Answers, and does not let this desk in',
      isWell: false,
    };
  const since = clockTime(hub.since);
  if (hub.reach === 'reachable')
    return { name: 'Hub', short: 'hub answers', long: `Answers, since ${since}`, isWell: true };
  if (hub.reach === 'unknown')
    return { name: 'Hub', short: 'hub not asked yet', long: 'Not asked yet', isWell: true };
  return {
    name: 'Hub',
    short: `no hub since ${since}`,
    long: `Away since ${since}${hub.why === undefined ? '' : `: ${hub.why}`}`,
    isWell: false,
  };
}

function sendingRow({ unsent }: HealthFacts): HealthRow {
  if (unsent === 0)
    return { name: 'Sending', short: 'all sent', long: 'Everything is at the hub', isWell: true };
  const entries = unsent === 1 ? '1 entry waits' : `${unsent} entries wait`;
  return {
    name: 'Sending',
    short: entries,
    long: `${entries} on this PC, and are sent by themselves`,
    isWell: true,
  };
}

function storageRow({ room }: HealthFacts): HealthRow {
  if (room === undefined)
    return {
      name: 'Storage',
      short: 'room not known',
      long: 'The browser does not say how much room there is',
      isWell: true,
    };
  const left = Math.max(0, room.quota - room.usage);
  const words = left >= GIGABYTE ? `${Math.floor(left / GIGABYTE)} GB` : `${Math.floor(left / MEGABYTE)} MB`;
  const isWell = left >= LITTLE_BYTES;
  const used = `${Math.ceil(room.usage / MEGABYTE)} MB used`;
  return {
    name: 'Storage',
    short: `${words} of room`,
    long: `Room for ${words} of calls in this window, ${used}`,
    isWell,
  };
}

function clockRow({ hub }: HealthFacts): HealthRow {
  const { clockOffMs: off } = hub;
  const minutes = Math.round(Math.abs(off ?? 0) / 60_000);
  if (minutes < 1) {
    const isCompared = off !== undefined || hub.reach === 'reachable';
    return {
      name: 'Clock',
      short: isCompared ? 'clock right' : 'clock not compared',
      long: isCompared ? 'Near enough to the hub’s' : 'Not compared with the hub’s just now',
      isWell: true,
    };
  }
  const words = `${minutes} min ${(off ?? 0) > 0 ? 'behind' : 'ahead of'} the hub’s`;
  return {
    name: 'Clock',
    short: `clock ${words}`,
    long: `This PC’s clock is ${words}: tell IT`,
    isWell: false,
  };
}

function policyRow({ policy }: HealthFacts): HealthRow {
  switch (policy?.mode) {
    case 'managed':
      return { name: 'Policy', short: 'managed', long: 'Set by your organisation', isWell: true };
    case 'unmanaged':
      return { name: 'Policy', short: 'not managed', long: 'No organisation manages this PC', isWell: true };
    case 'minimal':
      return {
        name: 'Policy',
        short: 'policy cannot be used',
        long: 'Cannot be used, so nothing is contacted: tell IT',
        isWell: false,
      };
    case undefined:
      return { name: 'Policy', short: 'policy not read yet', long: 'Not read yet', isWell: true };
  }
}

const versionRow = ({ version }: HealthFacts): HealthRow => ({
  name: 'Version',
  short: `Lantern ${version}`,
  long: `Lantern ${version}`,
  isWell: true,
});

/**
 * What is said aloud when something about storage, clock or policy has changed; the save light speaks of hub and sending. ''
 * while all is well and was so before.
 */
export function healthAnnouncement(rows: readonly HealthRow[], before: string): string {
  const own = rows.filter(({ name }) => name === 'Storage' || name === 'Clock' || name === 'Policy');
  const wrong = own.filter(({ isWell }) => !isWell).map(({ name, long }) => `${name}: ${long}.`);
  if (wrong.length > 0) return wrong.join(' ');
  return before === '' ? '' : 'Storage, clock and policy of this desk are well again.';
}
