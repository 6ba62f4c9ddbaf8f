import { type Fault } from '../../shared/bridge/frames.ts';
import { closingOf } from '../../shared/call/facts.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type CallId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { MAX_BATCH_EVENTS } from '../../shared/sync/protocol.ts';
import { type Timers } from '../../shared/time.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type CallRow } from '../store/rows.ts';
import { type Store } from '../store/store.ts';
import { byCall, summarise } from '../store/summary.ts';
import { type CallBook } from './call-book.ts';
import { type Earlier, type EarlierAsk } from './desk.ts';
import { loadCall } from './call-view.ts';
import { type MendingReader } from './mending-reader.ts';
import { type OthersCalls } from './others-calls.ts';
import { type ContentPacks } from './ports.ts';

/** Closed calls in memory from the start. Older ones are read when somebody asks for them. */
export const SHOWN_CALLS = 200;
/** Calls loaded before the screen gets its turn. */
const CHUNK = 5;

export interface CallLoader {
  /** Loads the calls in hand: what must be there before the first screen. */
  openCalls(): Promise<void>;
  /** Loads the newest others in the background, a few at a time. */
  newestCalls(): Promise<void>;
  /** Loads one call, of whatever age. */
  one(call: CallId): Promise<void>;
  /** Loads earlier calls, newest first, at most `limit` of them. */
  earlier(ask: EarlierAsk, limit: number): Promise<Result<Earlier, Fault>>;
  /** Loads everything from the journal, with what the database has of it: for when the database lacks some of it. False: not read. */
  fromJournal(): Promise<boolean>;
  stop(): void;
}

export interface CallLoaderOptions {
  readonly book: CallBook;
  readonly store: Store;
  readonly bridge: Bridge;
  readonly reader: MendingReader;
  readonly packs: ContentPacks;
  /** Calls of other people on this desk, which are never shown. */
  readonly fence: OthersCalls;
  readonly timers: Timers;
  readonly changed: () => void;
  readonly tell: (sentence: string) => void;
}

export function createCallLoader(options: CallLoaderOptions): CallLoader {
  const { book, store, bridge, reader, packs, fence, timers, changed, tell } = options;
  let stopped = false;

  function show(stored: readonly Envelope[], opened: boolean): void {
    if (!fence.isMine(stored)) return;
    const loaded = loadCall(stored, packs);
    const id = stored[0]?.call;
    if (loaded === undefined || id === undefined) return;
    // A call that is being written is newer in memory than in any copy, and may lack what a copy has only now given.
    if (book.has(id)) return book.merge(id, loaded.view.events);
    if (loaded.notUnderstood > 0) {
      tell(
        `${loaded.notUnderstood} event(s) of a call are of a kind this Lantern does not know; they are kept.`,
      );
    }
    if (loaded.view.readOnly !== undefined) tell(loaded.view.readOnly);
    const isClosed = closingOf(loaded.view.snapshot.context.picture) !== undefined;
    book.put({ ...loaded.view, resumed: opened && !isClosed && loaded.view.readOnly === undefined });
  }

  async function load(rows: Result<readonly CallRow[], Fault>): Promise<void> {
    if (!rows.ok) return tell(`Calls could not be read: ${rows.error.message}.`);
    let loaded = 0;
    for (const { call, state } of rows.value) {
      if (stopped) return;
      if (book.has(call)) continue;
      const events = await reader.ofCall(call);
      if (!events.ok) return tell(`A call could not be read: ${events.error.message}.`);
      show(events.value, state === 'open' || state === 'reopened');
      loaded += 1;
      if (loaded % CHUNK === 0) {
        changed();
        await new Promise<void>((resolve) => timers.after(0, resolve));
      }
    }
    changed();
  }

  return {
    openCalls: async () => {
      const rows = await store.reader.openCalls();
      if (!rows.ok) return tell(`Calls could not be read: ${rows.error.message}.`);
      for (const { call } of rows.value) {
        const events = await reader.ofCall(call);
        if (events.ok) show(events.value, true);
        else tell(`A call could not be read: ${events.error.message}.`);
      }
      changed();
    },
    async one(call) {
      if (book.has(call)) return;
      const events = await reader.ofCall(call);
      if (events.ok) show(events.value, false);
      else tell(`A call could not be read: ${events.error.message}.`);
      changed();
    },
    async earlier(ask, limit) {
      const rows =
        ask.by === 'number'
          ? await store.reader.callsNumbered(ask.part, limit + 1)
          : await store.reader.callsBetween(ask.from, ask.to, limit + 1);
      if (!rows.ok) return rows;
      const page = rows.value.slice(0, limit);
      await load(ok(page));
      const shown = page.flatMap(({ call, firstAt }) => (book.has(call) ? [{ call, firstAt }] : []));
      return ok({ calls: shown, isMore: rows.value.length > limit });
    },
    newestCalls: async () => load(await store.reader.newestCalls(SHOWN_CALLS)),
    async fromJournal() {
      const all = await readJournal(bridge);
      if (!all.ok) {
        tell(`Calls could not be read from the journal: ${all.error.message}.`);
        return false;
      }
      const calls: { events: readonly Envelope[]; row: CallRow | undefined }[] = [];
      for (const [call, inJournal] of byCall(all.value)) {
        const inDatabase = await reader.ofCall(call);
        const events = inDatabase.ok ? union(inDatabase.value, inJournal) : inJournal;
        calls.push({ events, row: summarise(undefined, events) });
      }
      const newest = calls.toSorted((a, b) => (b.row?.firstAt ?? 0) - (a.row?.firstAt ?? 0));
      for (const [index, { events, row }] of newest.entries()) {
        if (row?.state === 'open' || index < SHOWN_CALLS) show(events, row?.state === 'open');
      }
      changed();
      return true;
    },
    stop() {
      stopped = true;
    },
  };
}

/** Each event once, whichever copy has it. */
function union(first: readonly Envelope[], second: readonly Envelope[]): readonly Envelope[] {
  const known = new Set(first.map(({ hash }) => hash));
  return [...first, ...second.filter(({ hash }) => !known.has(hash))];
}

async function readJournal(bridge: Bridge): Promise<Result<readonly Envelope[], Fault>> {
  const events: Envelope[] = [];
  for (;;) {
    const page = await bridge.call('journal.read', {
      after: events.at(-1)?.seq ?? 0,
      limit: MAX_BATCH_EVENTS,
    });
    if (!page.ok) return page;
    if (page.value.events.length === 0) return ok(events);
    events.push(...page.value.events);
  }
}
