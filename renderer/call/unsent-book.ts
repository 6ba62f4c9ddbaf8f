import { type Envelope } from '../../shared/events/event.ts';
import { type StreamId } from '../../shared/ids.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type StreamRow } from '../store/rows.ts';
import { type EventPage } from '../store/reader.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Result } from '../../shared/result.ts';

/** Of everything unsent on this desk: since when, and how much of it is of other people. */
export interface UnsentBook {
  /** When the oldest was made; undefined when nothing is unsent, or while that is not known. */
  since(): UtcMs | undefined;
  ofOthers(): number;
  /** An event of the person signed in was made, or got another place in the log. */
  made(event: Pick<Envelope, 'stream' | 'seq' | 'at'>): void;
  acked(stream: StreamId, acked: number): void;
  /** The stream ends at `last`: what stood behind it has another place now. */
  left(stream: StreamId, last: number): void;
  /** Looks through what earlier runs left unsent. What cannot be read is not counted. */
  look(rows: readonly Pick<StreamRow, 'stream' | 'seq' | 'acked'>[]): Promise<void>;
}

interface Entry {
  readonly seq: number;
  readonly at: UtcMs;
  readonly isOther: boolean;
}

/** `read` gives events of a stream after a number, in order. */
export function createUnsentBook(
  person: string,
  read: (stream: StreamId, after: number, limit: number) => Promise<Result<EventPage, Fault>>,
): UnsentBook {
  const streams = new Map<StreamId, Entry[]>();
  const ackedOf = new Map<StreamId, number>();
  const PAGE = 500;
  let others = 0;

  function add(stream: StreamId, entries: readonly Entry[]): void {
    const known = streams.get(stream) ?? [];
    const acked = ackedOf.get(stream) ?? 0;
    const before = known.at(-1)?.seq ?? 0;
    for (const entry of entries) if (entry.seq > acked) known.push(entry);
    if ((entries[0]?.seq ?? before) < before) known.sort((a, b) => a.seq - b.seq);
    streams.set(stream, known);
  }

  function countOthers(): void {
    others = 0;
    for (const entries of streams.values()) for (const { isOther } of entries) if (isOther) others += 1;
  }

  return {
    since() {
      let oldest: UtcMs | undefined;
      // In order of their numbers, and so of their making.
      for (const [first] of streams.values())
        if (first !== undefined && (oldest === undefined || first.at < oldest)) oldest = first.at;
      return oldest;
    },
    ofOthers: () => others,
    made: ({ stream, seq, at }) => add(stream, [{ seq, at, isOther: false }]),
    acked(stream, acked) {
      ackedOf.set(stream, Math.max(acked, ackedOf.get(stream) ?? 0));
      const known = streams.get(stream);
      if (known === undefined) return;
      const rest = known.filter(({ seq }) => seq > acked);
      if (rest.length === 0) streams.delete(stream);
      else streams.set(stream, rest);
      countOthers();
    },
    left(stream, last) {
      const known = streams.get(stream);
      if (known !== undefined)
        streams.set(
          stream,
          known.filter(({ seq }) => seq <= last),
        );
    },
    async look(rows) {
      for (const { stream, seq: last, acked } of rows) {
        for (let after = acked; after < last; after += PAGE) {
          const page = await read(stream, after, Math.min(PAGE, last - after));
          if (!page.ok) break;
          const found = page.value.events.filter(({ seq }) => seq <= last);
          add(
            stream,
            found.map(({ seq, at, author }) => ({ seq, at, isOther: author.id !== person })),
          );
        }
      }
      countOthers();
    },
  };
}
