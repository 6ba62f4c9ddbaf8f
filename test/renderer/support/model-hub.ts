import { decide, type Held } from '../../../hub/intake/decide.ts';
import { type EventItem, readItem } from '../../../hub/intake/read-item.ts';
import { type Output } from '../../../shared/bridge/contract.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { deskId, type StreamId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import {
  type Flag,
  type PushResponse,
  type Receipt,
  type StreamHead,
} from '../../../shared/sync/protocol.ts';
import { digest } from '../../support/digest.ts';

/** One desk stands for all: whose a stream is, is not this model's question. */
const SENDER = deskId.parse('019ab2f0-0000-7000-8000-000000000001');

interface Kept {
  readonly events: Map<number, EventItem>;
  readonly quarantined: Map<
    number,
    { readonly raw: unknown; readonly code: string; readonly field: string; readonly message: string }[]
  >;
  readonly flags: Flag[];
  readonly receipts: Receipt[];
  acked: number;
}

/**
 * The hub with its real decisions (`readItem`, `decide`) on tables in memory instead of PostgreSQL, so that
 * thousands of fault schedules run under a virtual clock. The hub's own tests hold those decisions against the
 * real database.
 */
export interface ModelHub {
  /** What every request is answered with instead, when set. */
  fault: Fault | undefined;
  head(stream: StreamId): Promise<Result<StreamHead, Fault>>;
  push(batch: {
    stream: StreamId;
    from: number;
    events: readonly unknown[];
  }): Promise<Result<PushResponse, Fault>>;
  doubts(stream: StreamId): Promise<Result<Output<'hub.doubts'>, Fault>>;
  events(stream: StreamId): readonly Envelope[];
  /** Everything kept anywhere, quarantine included. */
  everything(): readonly unknown[];
  acked(stream: StreamId): number;
  flags(stream: StreamId): readonly Flag[];
  pushes: number;
  /** Puts the hub back to an older copy of itself. */
  putBack(stream: StreamId, to: number): void;
}

export function modelHub(now: () => number): ModelHub {
  const streams = new Map<StreamId, Kept>();
  let n = 0;
  const keptOf = (stream: StreamId): Kept => {
    const kept = streams.get(stream) ?? {
      events: new Map(),
      quarantined: new Map(),
      flags: [],
      receipts: [],
      acked: 0,
    };
    streams.set(stream, kept);
    return kept;
  };
  const hub: ModelHub = {
    fault: undefined,
    pushes: 0,
    async head(stream) {
      if (hub.fault !== undefined) return err(hub.fault);
      const { acked, events } = keptOf(stream);
      return Promise.resolve(ok({ stream, acked, hash: events.get(acked)?.event.hash ?? null }));
    },
    async push({ stream, from, events }) {
      if (hub.fault !== undefined) return err(hub.fault);
      hub.pushes += 1;
      const items = await Promise.all(
        events.map((event, index) => readItem(event, stream, from + index, digest)),
      );
      const kept = keptOf(stream);
      const held: Held = {
        events: new Map(
          [...kept.events].map(([seq, { event, text }]) => [
            seq,
            { hash: event.hash, prev: event.prev, text },
          ]),
        ),
        quarantined: new Set(kept.quarantined.keys()),
        holders: new Map(),
        formerDesks: new Set(items.flatMap((item) => (item.kind === 'event' ? [item.event.desk] : []))),
      };
      const limits = { behindMs: 1e12, aheadMs: 1e12, deskMs: 1e12 };
      const decision = decide(items, held, { desk: SENDER, now: now(), deskClock: undefined }, limits);
      for (const item of decision.events) kept.events.set(item.seq, item);
      for (const { seq, problem } of decision.quarantine) {
        const list = kept.quarantined.get(seq) ?? [];
        kept.quarantined.set(seq, [...list, { ...problem, raw: events[seq - from] }]);
      }
      kept.flags.push(...decision.flags);
      for (const run of decision.fresh) kept.receipts.push({ n: ++n, stream, ...run, at: now() });
      while (kept.events.has(kept.acked + 1) || kept.quarantined.has(kept.acked + 1)) kept.acked += 1;
      const to = from + events.length - 1;
      const within = ({ seq }: { seq: number }): boolean => seq >= from && seq <= to;
      return ok({
        v: 1,
        acked: kept.acked,
        receipts: kept.receipts.filter((receipt) => receipt.to >= from && receipt.from <= to),
        flagged: kept.flags.filter(within),
        quarantined: [...kept.quarantined]
          .flatMap(([seq, list]) =>
            list.map(({ code, field, message }) => ({ seq, problem: { code, field, message } })),
          )
          .filter(within),
      });
    },
    doubts(stream) {
      if (hub.fault !== undefined) return Promise.resolve(err(hub.fault));
      const { flags, quarantined } = keptOf(stream);
      const quarantine = [...quarantined].flatMap(([seq, list]) =>
        list.map(({ code, field, message }) => ({
          seq,
          problem: { code, field, message },
          receivedAt: now(),
        })),
      );
      return Promise.resolve(ok({ flags, quarantine, isMore: false }));
    },
    events: (stream) =>
      [...keptOf(stream).events.values()].toSorted((a, b) => a.seq - b.seq).map(({ event }) => event),
    everything: () =>
      [...streams.values()].flatMap(({ events, quarantined }) => [
        ...[...events.values()].map(({ event }) => event),
        ...[...quarantined.values()].flat().map(({ raw }) => raw),
      ]),
    acked: (stream) => keptOf(stream).acked,
    flags: (stream) => keptOf(stream).flags,
    putBack(stream, to) {
      const kept = keptOf(stream);
      for (const seq of kept.events.keys()) if (seq > to) kept.events.delete(seq);
      kept.receipts.splice(0, kept.receipts.length, ...kept.receipts.filter((receipt) => receipt.to <= to));
      kept.acked = to;
    },
  };
  return hub;
}
