import { type HubState, type PackStatus } from '../../../shared/bridge/contract.ts';
import { type DirectoryState } from '../../../shared/bridge/directory.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { dueText } from '../wording/times.ts';

/** One thing this desk holds or leans on, and how old it is. */
export interface Holding {
  readonly what: string;
  readonly state: string;
  readonly age: string;
  /** Something a person should see to. */
  readonly loud: boolean;
}

/** Everything cached, each with its age: what can be trusted while the hub is away, and how far. */
export function holdings(of: {
  readonly hub: HubState;
  readonly unsent: number;
  readonly content: Content;
  readonly directory: DirectoryState | undefined;
  readonly pack: PackStatus | { readonly why: string } | undefined;
  readonly now: UtcMs;
}): readonly Holding[] {
  const { hub, unsent, content, directory, pack, now } = of;
  const { version, date, status } = content.manifest;
  return [
    {
      what: 'Hub',
      state: { reachable: 'Answers', away: 'Away', unknown: 'Not asked yet' }[hub.reach],
      age:
        hub.reach === 'reachable'
          ? `answers since ${dueText(hub.since, now)}`
          : hub.lastAnswerAt === undefined
            ? 'no answer since this desk was started'
            : `last contact ${dueText(hub.lastAnswerAt, now)}`,
      loud: hub.reach === 'away',
    },
    {
      what: 'Records',
      state:
        unsent === 0
          ? 'All at the hub'
          : `${unsent} ${unsent === 1 ? 'entry' : 'entries'} on this PC, not yet at the hub`,
      age: unsent === 0 ? '' : 'they go by themselves when it is back',
      loud: false,
    },
    {
      what: 'Clinical content',
      state: `${version}${status === 'demonstration' ? ', demonstration' : ''}`,
      age: `of ${date}, part of this program`,
      loud: false,
    },
    { what: 'Settings', state: 'This PC’s own', age: 'as they are now', loud: false },
    { what: 'Directory of services', ...directoryState(directory, now) },
    {
      what: 'Downtime pack',
      ...packState(pack, now),
    },
  ];
}

/** A directory that was not compared with the hub's for this long is old (ms). */
const OLD_AFTER_MS = 24 * 60 * 60 * 1000;
export const isOldDirectory = (checkedAt: UtcMs | undefined, now: UtcMs): boolean =>
  checkedAt === undefined || now - checkedAt > OLD_AFTER_MS;

function directoryState(directory: DirectoryState | undefined, now: UtcMs): Omit<Holding, 'what'> {
  if (directory === undefined) return { state: 'Being looked at', age: '', loud: false };
  const { held, trouble } = directory;
  if (held === undefined)
    return {
      state: 'None on this desk',
      age: trouble ?? 'it comes with the hub’s',
      loud: trouble !== undefined,
    };
  const { services, version, source, checkedAt } = held;
  const invented = source.demonstration ? ', for demonstration' : '';
  return {
    state: `${services} ${services === 1 ? 'service' : 'services'}, version ${version}${invented}`,
    age:
      trouble ??
      (checkedAt === undefined
        ? 'never compared with the hub'
        : `compared with the hub ${dueText(checkedAt, now)}`),
    loud: trouble !== undefined || isOldDirectory(checkedAt, now),
  };
}

function packState(
  pack: PackStatus | { readonly why: string } | undefined,
  now: UtcMs,
): Omit<Holding, 'what'> {
  if (pack === undefined) return { state: 'Being looked at', age: '', loud: false };
  if ('why' in pack) return { state: 'Cannot be asked about', age: pack.why, loud: true };
  if (pack.problem !== undefined) return { state: 'Not written', age: pack.problem, loud: true };
  return pack.writtenAt === undefined
    ? { state: 'Not written yet since the start', age: '', loud: false }
    : { state: 'On this PC’s disk', age: `written ${dueText(pack.writtenAt, now)}`, loud: false };
}
