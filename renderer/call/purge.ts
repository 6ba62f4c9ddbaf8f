import { type Fault } from '../../shared/bridge/frames.ts';
import { type CallId, type StreamId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { counted } from '../../shared/sync/leaving.ts';
import {
  MAX_PURGED_AT_ONCE,
  type PurgeCall,
  type PurgedRun,
  type PurgedStream,
  runsOf,
  whyKept,
} from '../../shared/sync/purge.ts';
import { type Clock, type Timers, type UtcMs } from '../../shared/time.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type Store } from '../store/store.ts';
import { type CallBook } from './call-book.ts';
import { loadCall } from './call-view.ts';
import { type DraftKeeper } from './drafts.ts';
import { type HubWatch } from './hub-watch.ts';
import { type ContentPacks, type PurgePace } from './ports.ts';

/**
 * Takes calls off this PC that are over, owed to nobody, at the hub, and older than policy keeps copies: everybody's on
 * this PC, unseen. The main process asks the hub once more and takes out the journal's lines; then the rows here go.
 */
export interface Purger {
  stop(): void;
}

export interface PurgerOptions {
  readonly bridge: Bridge;
  readonly store: Store;
  readonly packs: ContentPacks;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly hub: HubWatch;
  readonly book: CallBook;
  readonly drafts: DraftKeeper;
  readonly pace?: PurgePace | undefined;
  /** When something was last written down at this desk: nobody waits for a disk because of old calls. */
  readonly lastWorkAt: () => UtcMs | undefined;
  readonly changed: () => void;
  readonly tell: (sentence: string) => void;
}

const PACE: PurgePace = { first: 2 * 60_000, every: 15 * 60_000, quiet: 3 * 60_000 };
const PAGE = 200;
const DAY_MS = 86_400_000;

export function createPurger(options: PurgerOptions): Purger {
  const { bridge, store, packs, timers, clock, hub, lastWorkAt, tell, pace = PACE } = options;
  let stopped = false;
  let cancel = timers.after(pace.first, () => void round());

  async function round(): Promise<void> {
    // Asked each time: a policy takes effect without a restart. Without one nothing is ever purged.
    const host = await bridge.call('host.describe', {});
    const days = host.ok ? host.value.purgeAfterDays : undefined;
    if (days !== undefined && !stopped) await purgeAll(days);
    if (!stopped) cancel = timers.after(pace.every, () => void round());
  }

  async function purgeAll(days: number): Promise<void> {
    const afterMs = days * DAY_MS;
    let count = 0;
    const refused = new Set<CallId>();
    const next = (): Promise<readonly PurgeCall[]> => someOld(refused, afterMs);
    for (let found = await next(); found.length > 0 && !stopped; found = await next()) {
      const taken = await purge(found, refused);
      count += taken;
      if (taken === 0) break;
    }
    // Without a call to go, copies that repairs set aside may still be old enough.
    if (isQuiet()) await bridge.call('journal.purge', { calls: [] });
    if (count > 0 && !stopped) {
      tell(
        `${counted(count, 'call')} that ended more than ${counted(Math.round(days), 'day')} ago ${count === 1 ? 'was' : 'were'} taken off this PC, as policy asks. The hub has ${count === 1 ? 'it' : 'them'}.`,
      );
    }
  }

  /** The hub's time, while the hub can be reached. */
  function hubNow(): UtcMs | undefined {
    const { reach, clockOffMs = 0 } = hub.state();
    return reach === 'reachable' ? clock.now() + clockOffMs : undefined;
  }

  const isQuiet = (): boolean =>
    !stopped && hubNow() !== undefined && clock.now() - (lastWorkAt() ?? 0) >= pace.quiet;

  /** They are not here any more. */
  function gone(calls: readonly CallId[]): void {
    for (const call of calls) {
      options.book.remove(call);
      options.drafts.forget(call);
    }
    options.changed();
  }

  /** Calls that may go, at most as many as go at once. None while somebody works or the hub is away. */
  async function someOld(refused: ReadonlySet<CallId>, afterMs: number): Promise<readonly PurgeCall[]> {
    const hubTime = hubNow();
    if (hubTime === undefined || !isQuiet()) return [];
    const streams = await store.reader.streams();
    if (!streams.ok) return [];
    const acked = new Map(streams.value.map((row) => [row.stream, row.acked]));
    const found: PurgeCall[] = [];
    for (let from = 0; found.length < MAX_PURGED_AT_ONCE;) {
      const rows = await store.reader.callsSince(from, hubTime - afterMs, PAGE);
      if (!rows.ok) break;
      for (const { call, state, lastAt } of rows.value) {
        const mayBe = state !== 'open' && lastAt <= hubTime - afterMs && !refused.has(call);
        const asked =
          mayBe && found.length < MAX_PURGED_AT_ONCE ? await judge(call, acked, hubTime, afterMs) : undefined;
        if (asked !== undefined) found.push(asked);
      }
      const last = rows.value.at(-1);
      if (last === undefined || rows.value.length < PAGE || stopped) break;
      // Calls that began in the same millisecond as the last one of a full page are looked at in a later round.
      from = last.firstAt + 1;
    }
    return stopped ? [] : found;
  }

  async function judge(
    call: CallId,
    acked: ReadonlyMap<StreamId, number>,
    hubTime: UtcMs,
    afterMs: number,
  ): Promise<PurgeCall | undefined> {
    const read = await store.reader.ofCall(call);
    if (!read.ok) return undefined;
    const { events, broken } = read.value;
    const loaded = loadCall(events, packs);
    if (loaded === undefined) return undefined;
    const { view, notUnderstood } = loaded;
    const isWhole = broken.length === 0 && notUnderstood === 0 && view.readOnly === undefined;
    const { picture } = view.snapshot.context;
    const why = whyKept(
      { picture, stored: events, isWhole, acked: (stream) => acked.get(stream) },
      hubTime,
      afterMs,
    );
    const own = events.filter(({ stream }) => acked.has(stream));
    return why === undefined && own.length > 0 ? { call, streams: runsOf(own) } : undefined;
  }

  async function purge(calls: readonly PurgeCall[], refused: Set<CallId>): Promise<number> {
    const answer = await bridge.call('journal.purge', { calls: [...calls] });
    if (!answer.ok || stopped) return 0;
    for (const { call } of answer.value.kept) refused.add(call);
    const purged = new Set(answer.value.purged);
    const streams = calls.filter(({ call }) => purged.has(call)).flatMap((one) => one.streams);
    if (streams.length === 0) return 0;
    // Should this fail, the next start does it: the journal's list says what is purged.
    const applied = await applyPurged(store, streams);
    if (!applied.ok) return 0;
    gone(applied.value);
    return applied.value.length;
  }

  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}

/** Answers the calls of which nothing is left. */
async function applyPurged(
  store: Store,
  streams: readonly PurgedStream[],
): Promise<Result<readonly CallId[], Fault>> {
  const together = Map.groupBy(streams, ({ stream }) => stream);
  const applied = await store.purged.apply(
    [...together].map(([stream, of]) => ({ stream, runs: of.flatMap(({ runs }) => runs) })),
  );
  return applied.ok ? ok(applied.value.calls) : applied;
}

/**
 * At the start: what the journal has purged is taken out of this database too, before the copies are compared. A crash
 * between the two left it here, or this database was put back or made anew.
 */
export async function followJournal(
  bridge: Bridge,
  store: Store,
  tell: (sentence: string) => void,
): Promise<void> {
  const [kept, known] = await Promise.all([bridge.call('journal.purged', {}), store.purged.runs()]);
  // Without one of them nothing can be compared; the next start asks again.
  if (!kept.ok || !known.ok) return;
  const news = kept.value.streams.filter(({ stream, runs }) => !sameRuns(runs, known.value.get(stream)));
  if (news.length === 0) return;
  const applied = await store.purged.apply(news);
  if (!applied.ok)
    return tell(`Purged calls could not be taken out of this window: ${applied.error.message}.`);
  if (applied.value.different.length > 0)
    tell('This window holds other entries than those that were purged on this PC. They are kept.');
}

const sameRuns = (a: readonly PurgedRun[], b: readonly PurgedRun[] = []): boolean =>
  a.length === b.length && a.every(({ from, to }, at) => b[at]?.from === from && b[at]?.to === to);
