import { type Fault } from '../../shared/bridge/frames.ts';
import { type Envelope, hashOf } from '../../shared/events/event.ts';
import { type CallId, type Digest, type StreamId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type BrokenRow, type EventPage } from '../store/reader.ts';
import { type Store } from '../store/store.ts';

/** Reads events, and repairs from the journal those rows that cannot be read. What stays broken is left out and said. */
export interface MendingReader {
  batch(stream: StreamId, after: number, limit: number): Promise<Result<readonly Envelope[], Fault>>;
  ofCall(call: CallId): Promise<Result<readonly Envelope[], Fault>>;
}

export function createMendingReader(
  store: Store,
  bridge: Bridge,
  digest: Digest,
  journalStream: () => StreamId | undefined,
  tell: (sentence: string) => void,
): MendingReader {
  /** The journal's event of that number, if the journal keeps that stream and the event is sound. */
  async function fromJournal({ stream, seq }: BrokenRow): Promise<Envelope | undefined> {
    if (stream !== journalStream()) return undefined;
    const read = await bridge.call('journal.read', { after: seq - 1, limit: 1 });
    const event = read.ok ? read.value.events[0] : undefined;
    if (event?.stream !== stream || event.seq !== seq) return undefined;
    return (await hashOf(event, digest)) === event.hash ? event : undefined;
  }

  async function mend(row: BrokenRow): Promise<Envelope | undefined> {
    const event = await fromJournal(row);
    const repaired = event === undefined ? undefined : await store.writer.repair(event);
    if (event !== undefined && repaired?.ok === true) {
      tell(`Event ${row.seq} was damaged in this window's database; it was repaired from the journal.`);
      return event;
    }
    tell(
      `Event ${row.seq} is damaged in this window's database and could not be repaired. It is kept as it is.`,
    );
    return event;
  }

  async function whole(read: Result<EventPage, Fault>): Promise<Result<readonly Envelope[], Fault>> {
    if (!read.ok) return read;
    const { events, broken } = read.value;
    if (broken.length === 0) return ok(events);
    const mended: Envelope[] = [];
    for (const row of broken) {
      const event = await mend(row);
      if (event !== undefined) mended.push(event);
    }
    return ok(
      [...events, ...mended].toSorted((a, b) =>
        a.stream === b.stream ? a.seq - b.seq : a.stream < b.stream ? -1 : 1,
      ),
    );
  }

  return {
    batch: async (stream, after, limit) => whole(await store.reader.batch(stream, after, limit)),
    ofCall: async (call) => whole(await store.reader.ofCall(call)),
  };
}
