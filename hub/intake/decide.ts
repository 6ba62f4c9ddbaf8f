import { GENESIS } from '../../shared/events/event.ts';
import { type CallId, type DeskId, type Sha256Hex } from '../../shared/ids.ts';
import { type Problem } from '../../shared/problem.ts';
import { type Flag } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { authorKey, type EventItem, type Item } from './read-item.ts';

/** Which desk has a call, and since when (hub's time). */
export interface Holder {
  readonly desk: DeskId | null;
  readonly since: UtcMs;
}

/** What the hub already holds of a stream around a batch: numbers `from - 1` to `to + 1`; and who has its calls. */
export interface Held {
  readonly events: ReadonlyMap<
    number,
    { readonly hash: Sha256Hex; readonly prev: Sha256Hex; readonly text: string }
  >;
  readonly quarantined: ReadonlySet<number>;
  /** Of the batch's calls, those that are known. */
  readonly holders: ReadonlyMap<CallId, Holder>;
  /** Desks that owned the stream before. */
  readonly formerDesks: ReadonlySet<DeskId>;
}

/** How far an event's own time may be from the hub's clock before it is flagged (ms). */
export interface ClockLimits {
  readonly behindMs: number;
  readonly aheadMs: number;
  /** How far a desk's own clock may be off while it sends. */
  readonly deskMs: number;
}

/** How a batch came. */
export interface Arrival {
  readonly desk: DeskId;
  /** The hub's time. */
  readonly now: UtcMs;
  /** What the desk's clock said as it sent, if it told. */
  readonly deskClock: UtcMs | undefined;
  /** Authors who have not signed in at this desk in their role; absent where nobody signs in. */
  readonly strangers?: ReadonlySet<string> | undefined;
}

/** What to write. Numbers without an entry are stored already, just as they came again. */
export interface Decision {
  readonly events: readonly EventItem[];
  readonly quarantine: readonly { readonly seq: number; readonly problem: Problem }[];
  readonly flags: readonly Flag[];
  /** Runs of numbers that were not stored before: each gets one receipt. */
  readonly fresh: readonly { readonly from: number; readonly to: number; readonly hash: Sha256Hex | null }[];
}

const LOST: Problem = {
  code: 'event.lost',
  field: '(whole)',
  message: 'was lost at the desk before it was sent: no copy on its PC could be read',
};

const SECOND: Problem = {
  code: 'event.fork',
  field: 'seq',
  message: 'another event with this number was stored first; both are kept',
};

/**
 * Decides what a batch adds to a stream. Pure, and total: every item ends as an event or in quarantine. What came
 * first under a number stays; whatever else comes under it is kept beside it and flagged.
 */
export function decide(items: readonly Item[], held: Held, arrival: Arrival, clock: ClockLimits): Decision {
  const events: EventItem[] = [];
  const quarantine: { seq: number; problem: Problem }[] = [];
  const flags: Flag[] = [];
  const freshNumbers: number[] = [];

  for (const item of items) {
    const { seq } = item;
    const first = held.events.get(seq);
    if (first === undefined && !held.quarantined.has(seq)) freshNumbers.push(seq);
    if (item.kind === 'lost') {
      // Whatever is held under the number is more than the desk has; a second word that it is lost says nothing new.
      if (first === undefined && !held.quarantined.has(seq)) quarantine.push({ seq, problem: LOST });
    } else if (item.kind === 'junk') {
      quarantine.push({ seq, problem: item.problem });
      if (first !== undefined) flags.push(fork(seq));
    } else if (first === undefined) {
      events.push(item);
      if (held.quarantined.has(seq)) flags.push(fork(seq));
      flags.push(...doubts(item, held, arrival, clock));
    } else if (first.text !== item.text) {
      quarantine.push({ seq, problem: SECOND });
      flags.push(fork(seq));
    }
  }
  const hashes = new Map(events.map((item) => [item.seq, item.event.hash]));
  flags.push(...brokenLinks(events, hashes, held));
  return { events, quarantine, flags, fresh: runs(freshNumbers, hashes) };
}

const fork = (seq: number): Flag => ({
  seq,
  kind: 'fork',
  detail: 'two different items came under this number',
});

function doubts(item: EventItem, held: Held, arrival: Arrival, clock: ClockLimits): Flag[] {
  const { seq, event } = item;
  const found: Flag[] = [];
  const doubt = (kind: Flag['kind'], detail: string): void => void found.push({ seq, kind, detail });
  if (event.hash !== item.rightHash) doubt('wrongHash', 'its hash is not the hash of its contents');
  if (!item.known) doubt('unknownType', 'a type of event this hub does not know');
  const wrongClock = clockDoubt(event.at, arrival, clock);
  if (wrongClock !== undefined) doubt('clock', wrongClock);
  if (event.desk !== arrival.desk && !held.formerDesks.has(event.desk)) {
    doubt('otherDesk', 'it names a desk that did not send it');
  }
  if (arrival.strangers?.has(authorKey(event.author)) === true) {
    doubt('author', 'it names a person who has not signed in at its desk in that role');
  }
  const holder = held.holders.get(event.call);
  if (holder !== undefined && holder.desk !== null && holder.desk !== arrival.desk) {
    const when = event.at < holder.since ? 'written before that by its own clock' : 'written after that';
    doubt('noLease', `another desk had been given this call when it came; ${when}`);
  }
  return found;
}

/** Against the hub's clock; against the desk's own, should that be off by itself. */
function clockDoubt(at: UtcMs, { now, deskClock }: Arrival, clock: ClockLimits): string | undefined {
  const words = (ms: number): string => (ms > 0 ? `${ms} ms ahead of` : `${-ms} ms behind`);
  const ahead = at - now;
  if (ahead > clock.aheadMs || -ahead > clock.behindMs) return `its time is ${words(ahead)} the hub's`;
  const off = (deskClock ?? now) - now;
  return Math.abs(off) > clock.deskMs
    ? `the clock of its desk was ${words(off)} the hub's when it was sent`
    : undefined;
}

/** Looks at each new event from both sides: an event that fills a gap may not suit the one after it. */
function brokenLinks(
  events: readonly EventItem[],
  fresh: ReadonlyMap<number, Sha256Hex>,
  held: Held,
): Flag[] {
  const hashAt = (seq: number): Sha256Hex | undefined =>
    seq === 0 ? GENESIS : (held.events.get(seq)?.hash ?? fresh.get(seq));
  const broken = new Set<number>();
  for (const { seq, event } of events) {
    const before = hashAt(seq - 1);
    if (before !== undefined && before !== event.prev) broken.add(seq);
    const after = held.events.get(seq + 1);
    if (after !== undefined && after.prev !== event.hash) broken.add(seq + 1);
  }
  return [...broken].map((seq) => ({
    seq,
    kind: 'brokenLink',
    detail: 'it does not carry the hash of the event before it',
  }));
}

function runs(numbers: readonly number[], hashes: ReadonlyMap<number, Sha256Hex>): Decision['fresh'] {
  const found: { from: number; to: number; hash: Sha256Hex | null }[] = [];
  for (const seq of numbers) {
    const last = found.at(-1);
    const hash = hashes.get(seq) ?? null;
    if (last !== undefined && last.to === seq - 1) Object.assign(last, { to: seq, hash });
    else found.push({ from: seq, to: seq, hash });
  }
  return found;
}
