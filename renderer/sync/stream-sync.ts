import { type Fault } from '../../shared/bridge/frames.ts';
import { type Sha256Hex, type StreamId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { nextLimit, startSync, type SyncEffect, type SyncInput, syncStep } from '../../shared/sync/engine.ts';
import {
  type PushResponse,
  type Receipt,
  type SentItem,
  type StreamHead,
} from '../../shared/sync/protocol.ts';
import { type Timers } from '../../shared/time.ts';
import { cutBatch, unbroken } from './batch.ts';
import { judgeHub } from './judge-hub.ts';

/** What the driver may touch. Every method answers a Fault instead of rejecting. */
export interface SyncPorts {
  /** What is to be sent after `after`, in order, up to `upTo`: see `lostItem` for what cannot be read any more. */
  read(
    stream: StreamId,
    after: number,
    limit: number,
    upTo: number,
  ): Promise<Result<readonly SentItem[], Fault>>;
  /** The hash of an event of ours, if a copy has it. */
  hashAt(stream: StreamId, seq: number): Promise<Result<Sha256Hex | undefined, Fault>>;
  head(stream: StreamId): Promise<Result<StreamHead, Fault>>;
  push(stream: StreamId, events: readonly SentItem[]): Promise<Result<PushResponse, Fault>>;
  /** Keeps receipts and `acked` in one strict transaction. */
  keep(stream: StreamId, acked: number, receipts: readonly Receipt[]): Promise<Result<void, Fault>>;
  readonly timers: Timers;
  /** ms, for measuring how long an answer takes. */
  readonly now: () => number;
  readonly random: () => number;
}

export interface SyncListener {
  /** The hub has everything up to `acked`, and that is kept here. */
  acked(stream: StreamId, acked: number, receipts: readonly Receipt[]): void;
  /** The hub has other events under this stream's numbers. Told once. */
  forked(stream: StreamId): void;
  /** The hub refuses this stream for a reason that a person must mend; undefined once it takes events again. */
  refused(stream: StreamId, why: Fault | undefined): void;
  /** A sentence for the person at this desk. */
  told(sentence: string): void;
}

/** Sends one stream's events to the hub, in order, for as long as there are any. */
export interface StreamSync {
  durable(seq: number): void;
  /** The hub, or the way to it, is back. */
  hubBack(): void;
  stop(): void;
}

export interface StreamSyncOptions {
  readonly stream: StreamId;
  readonly durable: number;
  /** The newest number in any copy on this PC: more than `durable` while one copy is catching up. */
  readonly known: number;
  readonly acked: number;
  /** Whether the hub's head of this stream has been compared already in this run. */
  readonly verified: boolean;
  readonly ports: SyncPorts;
  readonly on: SyncListener;
}

/** Does what `syncStep` says and nothing else; the one thing it adds is to compare heads before the first push. */
export function createStreamSync(options: StreamSyncOptions): StreamSync {
  const { stream, ports, on } = options;
  let state = startSync(options.durable, options.acked);
  let verified = options.verified;
  let verifying = false;
  let forked = false;
  let stopped = false;
  let cancelWait: () => void = () => undefined;
  let ahead: ReadAhead | undefined;

  function apply(input: SyncInput): void {
    if (stopped) return;
    const before = state.why?.code;
    const [next, effect] = syncStep(state, input);
    state = next;
    const now = state.phase === 'blocked' ? state.why : undefined;
    // Said until the hub has taken something again: a try under way is not yet an answer.
    if (now !== undefined && now.code !== before) on.refused(stream, now);
    if (state.why === undefined && before !== undefined) on.refused(stream, undefined);
    obey(effect);
  }

  function obey(effect: SyncEffect): void {
    if (effect.do === 'wait') {
      cancelWait();
      cancelWait = ports.timers.after(effect.ms, () => apply({ type: 'waited' }));
    } else if (effect.do === 'push') {
      cancelWait();
      void push(effect.from, effect.limit);
    }
  }

  /** The batch after the one that the hub is answering, so that reading and opening boxes cost no time of their own. */
  function readAhead(after: number, sent: number): void {
    if (after >= state.durable) return;
    ahead = { after, read: ports.read(stream, after, nextLimit(state.limit, { sent }), state.durable) };
  }

  async function readBatch(after: number, limit: number): ReturnType<SyncPorts['read']> {
    const known = ahead?.after === after ? await ahead.read : undefined;
    ahead = undefined;
    // One that failed is read again: whatever was in the way may be gone.
    if (known?.ok === true && known.value.length > 0) return ok(known.value.slice(0, limit));
    return ports.read(stream, after, limit, state.durable);
  }

  const fail = (fault: Fault): void => {
    ahead = undefined;
    apply({ type: 'failed', fault, random: ports.random() });
  };

  async function push(from: number, limit: number): Promise<void> {
    if (!verified) {
      const checked = await verify();
      if (stopped) return;
      if (!checked.ok) return fail(checked.error);
      // The comparison may have moved the place to begin from, or left nothing to send.
      if (state.acked >= state.durable) return apply({ type: 'answered', response: bare(state.acked) });
      if (from !== state.acked + 1) return push(state.acked + 1, limit);
    }
    const read = await readBatch(from - 1, limit);
    if (stopped) return;
    if (!read.ok) return fail(read.error);
    const events = cutBatch(unbroken(from - 1, read.value).filter(({ seq }) => seq <= state.durable));
    const last = events.at(-1);
    if (last === undefined) return fail(unreadable(from));
    const sentAt = ports.now();
    const answering = ports.push(stream, events);
    readAhead(last.seq, events.length);
    const answer = await answering;
    if (stopped) return;
    if (!answer.ok) return fail(answer.error);
    await take(answer.value, events, last, Math.max(0, ports.now() - sentAt));
  }

  async function take(
    response: PushResponse,
    events: readonly SentItem[],
    last: SentItem,
    tookMs: number,
  ): Promise<void> {
    const foreign = response.receipts.find((receipt) => receipt.stream !== stream);
    if (foreign !== undefined) return fail(badReceipt);
    const first = events[0]?.seq ?? last.seq;
    if (response.acked < first - 1) {
      // It lacks what its receipts said it had: it was put back to an older copy while we were running.
      verified = false;
      return fail(putBack);
    }
    // Never more than this batch: a hub that has other events under later numbers has not got ours.
    const acked = Math.min(response.acked, last.seq);
    // Stored strictly before the reducer, and with it the light, hears of it.
    const kept = await ports.keep(stream, acked, response.receipts);
    if (stopped) return;
    if (!kept.ok) return fail(kept.error);
    tellDoubts(response, events);
    on.acked(stream, acked, response.receipts);
    apply({ type: 'answered', response: { ...response, acked }, sent: events.length, tookMs });
  }

  function tellDoubts({ flagged, quarantined, receipts }: PushResponse, events: readonly SentItem[]): void {
    const mine = new Map(events.map((event) => [event.seq, hashOf(event)]));
    const others = receipts.some(
      ({ to, hash }) => hash !== null && mine.get(to) !== undefined && mine.get(to) !== hash,
    );
    if (others || flagged.some(({ kind }) => kind === 'fork')) sayForked();
    const doubted = flagged.filter(({ seq }) => mine.has(seq)).length;
    if (doubted > 0) on.told(`The hub stored ${doubted} event(s) and marked them for somebody to look at.`);
    if (quarantined.length > 0)
      on.told(`The hub could not read ${quarantined.length} event(s); it kept them as they are.`);
  }

  function sayForked(): void {
    if (forked) return;
    forked = true;
    on.forked(stream);
  }

  /** Compares the hub's head with ours, once a run: see `judgeHub`. */
  async function verify(): Promise<Result<void, Fault>> {
    verifying = true;
    const done = await compare();
    verifying = false;
    verified ||= done.ok;
    return done;
  }

  async function compare(): Promise<Result<void, Fault>> {
    const hub = await ports.head(stream);
    if (!hub.ok) return hub;
    const known = Math.max(options.known, state.durable);
    const { acked } = hub.value;
    const own = acked === 0 || acked > known ? undefined : await ports.hashAt(stream, acked);
    if (own !== undefined && !own.ok) return own;
    const verdict = judgeHub(known, state.acked, hub.value, own?.value);
    if (verdict.kind === 'forked') sayForked();
    if (verdict.kind === 'hasMore') {
      const kept = await ports.keep(stream, verdict.acked, []);
      if (!kept.ok) return kept;
      state = { ...state, acked: verdict.acked };
      on.acked(stream, verdict.acked, []);
    }
    if (verdict.kind === 'hasLess') {
      on.told('The hub went back to an older copy of itself. This desk sends it what it is missing.');
      state = { ...state, acked: verdict.acked };
      on.acked(stream, verdict.acked, []);
    }
    return { ok: true, value: undefined };
  }

  /** With nothing to send, the heads are compared all the same: a reused number must be found before it is written. */
  async function verifyIdle(): Promise<void> {
    if (verified || verifying || state.phase !== 'idle') return;
    const done = await verify();
    // While we asked, events may have become durable, or the hub may turn out to miss some.
    if (done.ok) apply({ type: 'durable', seq: state.durable });
  }

  apply({ type: 'durable', seq: options.durable });
  void verifyIdle();

  return {
    durable: (seq) => apply({ type: 'durable', seq }),
    hubBack() {
      // Whatever was away may have come back as an older copy of itself.
      verified = false;
      apply({ type: 'hubBack' });
      void verifyIdle();
    },
    stop() {
      stopped = true;
      cancelWait();
    },
  };
}

/** A read that began before it was asked for: what is to be sent after number `after`. */
interface ReadAhead {
  readonly after: number;
  readonly read: ReturnType<SyncPorts['read']>;
}

/** A lost event's hash is not known. */
const hashOf = (item: SentItem): string | undefined => ('lost' in item ? undefined : item.hash);

const bare = (acked: number): PushResponse => ({ v: 1, acked, receipts: [], flagged: [], quarantined: [] });

const badReceipt: Fault = {
  code: 'hub.badAnswer',
  field: 'receipts',
  message: 'the hub answered with a receipt for another stream',
};

const putBack: Fault = {
  code: 'hub.putBack',
  field: 'acked',
  message: 'the hub does not have what it had before',
};

const unreadable = (seq: number): Fault => ({
  code: 'store.unreadable',
  field: 'seq',
  message: `event ${seq} cannot be read from this PC's copies`,
});
