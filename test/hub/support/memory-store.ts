import { type IntakeStore, type IntakeTransaction, type QuarantineRow } from '../../../hub/intake/store.ts';
import { type Holder } from '../../../hub/intake/decide.ts';
import { type EventItem } from '../../../hub/intake/read-item.ts';
import { type CallId, type DeskId, type Sha256Hex, type StreamId } from '../../../shared/ids.ts';
import { type Flag, type Receipt } from '../../../shared/sync/protocol.ts';

/** A stored event and its place in the hub's order; null while something before it is missing. */
interface Kept {
  readonly item: EventItem;
  readonly position: number | null;
}

/** Everything the hub keeps of one stream. */
interface KeptStream {
  readonly desk: DeskId;
  readonly acked: number;
  readonly lastSeq: number;
  readonly headHash: Sha256Hex | null;
  readonly events: ReadonlyMap<number, Kept>;
  readonly quarantine: readonly QuarantineRow[];
  readonly flags: readonly Flag[];
  readonly receipts: readonly Receipt[];
}

/** A whole state of the store. Never changed in place: a commit puts a new one in its place. */
export interface MemoryState {
  readonly streams: ReadonlyMap<StreamId, KeptStream>;
  /** Which desk has each call. */
  readonly holders: ReadonlyMap<CallId, Holder>;
  readonly lastReceipt: number;
  readonly lastPosition: number;
}

export interface MemoryStore extends IntakeStore {
  /** What is committed. */
  readonly state: MemoryState;
  /** Gives a call to a desk, as a lease does. */
  give(call: CallId, holder: Holder): Promise<void>;
  /** Events of a call in the hub's order. */
  callEvents(call: CallId): { position: number; item: EventItem }[];
}

export interface MemoryOptions {
  readonly from?: MemoryState;
  /** Runs before a commit takes effect; a throw is a crash before COMMIT: nothing of the transaction is kept. */
  readonly beforeCommit?: () => Promise<void> | void;
  /** Runs after it has taken effect; a throw is a crash after COMMIT: all of it is kept, and nobody is told. */
  readonly afterCommit?: () => Promise<void> | void;
}

const EMPTY: MemoryState = {
  streams: new Map(),
  holders: new Map(),
  lastReceipt: 0,
  lastPosition: 0,
};

/**
 * The intake's store without a database, for the simulation: transactions one after the other, all or nothing. The
 * tests in intake-store.pg.test.ts hold it to the same answers as PostgreSQL.
 */
export function createMemoryStore(options: MemoryOptions = {}): MemoryStore {
  let committed = options.from ?? EMPTY;
  let chain: Promise<unknown> = Promise.resolve();

  function transaction<T>(work: (tx: IntakeTransaction) => Promise<T>): Promise<T> {
    const run = chain.then(async () => {
      const draft = { state: committed };
      const value = await work(transactionOn(draft));
      await options.beforeCommit?.();
      committed = draft.state;
      await options.afterCommit?.();
      return value;
    });
    chain = run.catch(() => undefined);
    return run;
  }

  return {
    get state() {
      return committed;
    },
    transaction,
    append: (write, at) =>
      transaction(async (tx) => {
        const there = committed.streams.get(write.stream);
        const stands =
          there === undefined
            ? at.seq === 0
            : at.seq > 0 &&
              there.desk === at.desk &&
              there.acked === at.seq &&
              there.lastSeq === at.seq &&
              there.headHash === at.hash;
        const others = write.events.some(({ event }) => {
          const desk = committed.holders.get(event.call)?.desk ?? at.desk;
          return desk !== at.desk;
        });
        if (!stands || others) return undefined;
        await tx.lockStream(write.stream, at.desk);
        await tx.write(write);
        const { receipts } = await tx.readSaid(write.stream, at.seq + 1, at.seq + write.events.length);
        const receipt = receipts[0]?.n;
        return receipt === undefined ? undefined : { receipt };
      }),
    async give(call, holder) {
      chain = chain.then(() => {
        committed = { ...committed, holders: new Map(committed.holders).set(call, holder) };
      });
      await chain;
    },
    callEvents: (call) =>
      [...committed.streams.values()]
        .flatMap((stream) => [...stream.events.values()])
        .flatMap(({ item, position }) =>
          position !== null && item.event.call === call ? [{ position, item }] : [],
        )
        .toSorted((a, b) => a.position - b.position),
  };
}

function transactionOn(draft: { state: MemoryState }): IntakeTransaction {
  const streamOf = (stream: StreamId): KeptStream => {
    const found = draft.state.streams.get(stream);
    if (found === undefined) throw new Error('the stream must be locked first');
    return found;
  };
  const put = (stream: StreamId, kept: KeptStream): void => {
    draft.state = { ...draft.state, streams: new Map(draft.state.streams).set(stream, kept) };
  };
  return {
    async lockStream(stream, desk) {
      if (!draft.state.streams.has(stream)) put(stream, emptyStream(desk));
      return streamOf(stream);
    },
    async readHeld(stream, from, to, calls) {
      const { events, quarantine } = streamOf(stream);
      const inRange = (seq: number): boolean => seq >= from && seq <= to;
      return {
        events: new Map(
          [...events].flatMap(([seq, { item }]) =>
            inRange(seq)
              ? [[seq, { hash: item.event.hash, prev: item.event.prev, text: item.text }] as const]
              : [],
          ),
        ),
        quarantined: new Set(quarantine.map((row) => row.seq).filter(inRange)),
        holders: new Map([...draft.state.holders].filter(([call]) => calls.includes(call))),
        formerDesks: new Set(),
      };
    },
    async write({ stream, desk, now, events, quarantine, flags, fresh }) {
      const old = streamOf(stream);
      const added = new Map(old.events);
      for (const item of events) {
        if (added.has(item.seq)) throw new Error(`number ${item.seq} is stored twice`);
        added.set(item.seq, { item, position: null });
      }
      const junk = [...old.quarantine, ...quarantine.filter((row) => !old.quarantine.some(sameJunk(row)))];
      const doubts = [...old.flags, ...flags.filter((flag) => !old.flags.some(sameFlag(flag)))];
      let { lastReceipt, lastPosition } = draft.state;
      const holders = new Map(draft.state.holders);
      const receipts = fresh.map(({ from, to, hash }): Receipt => ({
        n: ++lastReceipt,
        stream,
        from,
        to,
        hash,
        at: now,
      }));
      const numbers = new Set([...added.keys(), ...junk.map((row) => row.seq)]);
      let { acked } = old;
      while (numbers.has(acked + 1)) acked += 1;
      for (const seq of [...added.keys()].toSorted((a, b) => a - b)) {
        const kept = added.get(seq);
        if (kept === undefined || kept.position !== null || seq > acked) continue;
        added.set(seq, { ...kept, position: ++lastPosition });
        const { call } = kept.item.event;
        if (!holders.has(call)) holders.set(call, { desk, since: now });
      }
      put(stream, {
        desk: old.desk,
        acked,
        lastSeq: Math.max(old.lastSeq, ...numbers),
        headHash: added.get(acked)?.item.event.hash ?? null,
        events: added,
        quarantine: junk,
        flags: doubts,
        receipts: [...old.receipts, ...receipts],
      });
      draft.state = { ...draft.state, holders, lastReceipt, lastPosition };
      return acked;
    },
    async readSaid(stream, from, to) {
      const { receipts, flags, quarantine } = streamOf(stream);
      const inRange = ({ seq }: { seq: number }): boolean => seq >= from && seq <= to;
      return {
        receipts: receipts
          .filter((receipt) => receipt.from <= to && receipt.to >= from)
          .toSorted((a, b) => a.from - b.from),
        flagged: flags.filter(inRange).toSorted((a, b) => a.seq - b.seq || (a.kind < b.kind ? -1 : 1)),
        quarantined: quarantine
          .filter(inRange)
          .toSorted((a, b) => a.seq - b.seq)
          .map(({ seq, problem }) => ({ seq, problem })),
      };
    },
  };
}

const emptyStream = (desk: DeskId): KeptStream => ({
  desk,
  acked: 0,
  lastSeq: 0,
  headHash: null,
  events: new Map(),
  quarantine: [],
  flags: [],
  receipts: [],
});

const sameJunk =
  (a: QuarantineRow) =>
  (b: QuarantineRow): boolean =>
    a.seq === b.seq && a.rawSha256 === b.rawSha256;
const sameFlag =
  (a: Flag) =>
  (b: Flag): boolean =>
    a.seq === b.seq && a.kind === b.kind;
