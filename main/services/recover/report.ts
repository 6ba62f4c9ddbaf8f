import { type StreamPushed } from './push-recovered.ts';
import { type LineName, type StreamFound } from './read-stream.ts';

/** What was brought back, in numbers: never contents. */
export interface RecoveryReport {
  readonly streams: readonly StreamFound[];
  /** Streams that the journal's list names and that have no folder. */
  readonly absent: readonly string[];
  readonly closedKeys: number;
  readonly brokenRings: readonly string[];
  /** What was purged on purpose cannot be told from what is missing. */
  readonly isPurgeListBroken: boolean;
  readonly drafts: { readonly found: number; readonly unread: number };
  /** Copies that repairs set aside, by their place in the profile. */
  readonly asides: readonly string[];
  /** Undefined when nothing was to be sent. */
  readonly pushed: readonly StreamPushed[] | undefined;
}

const hasAll = (found: StreamFound): boolean =>
  [found.missing, found.locked, found.damaged, found.unreadable, found.chain].every(
    ({ length }) => length === 0,
  );

/** Every event the journal is known to have held was read, and every chain holds. */
export const isWhole = ({ streams, absent, brokenRings, drafts }: RecoveryReport): boolean =>
  absent.length === 0 && brokenRings.length === 0 && drafts.unread === 0 && streams.every(hasAll);

/** Everything that was to be sent is at the hub. */
export const isPushed = ({ pushed = [] }: RecoveryReport): boolean =>
  pushed.every(({ why }) => why === undefined);

/** Lines for IT's terminal. */
export function reportLines(report: RecoveryReport): string[] {
  const { streams, absent, closedKeys, brokenRings, isPurgeListBroken, drafts, asides, pushed } = report;
  const events = streams.reduce((sum, found) => sum + found.events.length, 0);
  return [
    ...brokenRings.map((name) => `${name} is damaged: keys that only it held are lost`),
    ...(isPurgeListBroken ? ['purged.json is damaged: purged entries count as missing below'] : []),
    ...(closedKeys === 0 ? [] : [`${closedKeys} data key(s) are not open to this recovery key`]),
    ...streams.map(streamLine),
    ...absent.map((stream) => `${stream}: its folder is not there`),
    ...(drafts.found === 0 ? [] : [`${drafts.found} half-typed text(s) written after the events`]),
    ...(drafts.unread === 0 ? [] : [`${drafts.unread} line(s) of half-typed text could not be read`]),
    ...asides.map(
      (name) => `${name}: a copy of a damaged file as it was, encrypted; policy takes it off in time`,
    ),
    ...(pushed ?? []).map(pushedLine),
    `${events} event(s) of ${streams.length} stream(s) written; ${isWhole(report) ? 'nothing is missing' : 'SOMETHING IS MISSING, see above'}`,
  ];
}

function pushedLine({ stream, sent, acked, why }: StreamPushed): string {
  const parts = [
    `${sent} event(s) sent`,
    ...(acked === undefined ? [] : [`the hub has it up to ${acked}`]),
    ...(why === undefined ? [] : [why]),
  ];
  return `${stream}: ${parts.join('; ')}`;
}

function streamLine(found: StreamFound): string {
  const { stream, events, missing, purged, locked, damaged, torn, unreadable, superseded, chain, acked } =
    found;
  const first = events[0]?.seq;
  const last = events.at(-1)?.seq;
  const unsent = events.filter(({ seq }) => seq > acked).length;
  const parts = [
    `${events.length} event(s)${first === undefined || last === undefined ? '' : ` (${first} to ${last})`}`,
    missing.length === 0 ? 'none missing' : `missing ${missing.map(runText).join(', ')}`,
    ...(purged.length === 0
      ? []
      : [`purged once the hub had them: ${purged.map(({ from, to }) => runText([from, to])).join(', ')}`]),
    ...(locked.length === 0 ? [] : [`under a key that is not open: ${runsText(locked)}`]),
    ...(damaged.length === 0 ? [] : [`${damaged.length} damaged line(s): ${damagedText(damaged)}`]),
    ...(unreadable.length === 0 ? [] : [`could not be read: ${unreadable.join(', ')}`]),
    ...(torn.length === 0 ? [] : [`half a line, never confirmed, at the end of ${torn.join(', ')}`]),
    ...(superseded === 0 ? [] : [`${superseded} never confirmed and written again`]),
    chain.length === 0
      ? 'chain ok'
      : `chain breaks at ${chain.map(({ seq, kind }) => `${seq} (${kind})`).join(', ')}`,
    acked === 0 ? 'no acknowledgement known here' : `last acknowledged ${acked}`,
    `${unsent} not acknowledged`,
  ];
  return `${stream}: ${parts.join('; ')}`;
}

const runText = ([first, last]: readonly [number, number]): string =>
  first === last ? String(first) : `${first} to ${last}`;

/** Numbers in order, as runs: 3, 7 to 9. */
function runsText(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] + 1 === number) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(runText).join(', ');
}

function damagedText(lines: readonly LineName[]): string {
  const byFile = Map.groupBy(lines, ({ file }) => file);
  return [...byFile].map(([file, of]) => `${file} line ${runsText(of.map(({ line }) => line))}`).join('; ');
}
