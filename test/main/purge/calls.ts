import { EMPTY_HEAD, type Head, seal } from '../../../shared/events/chain.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type CallId, callId, deskId, type StreamId } from '../../../shared/ids.ts';
import { type PurgeCall, runsOf } from '../../../shared/sync/purge.ts';
import { sha256, uuidSource } from '../../../main/services/node-system.ts';

export const newCall = (): CallId => callId.parse(uuidSource.next());
const desk = deskId.parse(uuidSource.next());
/** When everything here was written. */
export const WRITTEN_AT = 1_700_000_000_000;
export const DAY_MS = 86_400_000;

/** Notes of several calls that take turns in one stream, as when somebody chases one call during another. */
export async function inTurns(
  stream: StreamId,
  calls: readonly CallId[],
  from: Head = EMPTY_HEAD,
): Promise<Envelope[]> {
  const events: Envelope[] = [];
  let head = from;
  for (const call of calls) {
    const event = await seal(
      {
        stream,
        call,
        at: WRITTEN_AT,
        author: { id: 'demo-handler', role: 'adviser' },
        desk,
        content: 'demo-1',
        type: 'note.added',
        data: { text: `note ${head.seq + 1} of a caller who walks by the canal` },
      },
      head,
      sha256,
    );
    events.push(event);
    head = { seq: event.seq, hash: event.hash };
  }
  return events;
}

/** What a window asks for: everything of this call. */
export const askFor = (call: CallId, events: readonly Envelope[]): PurgeCall => ({
  call,
  streams: runsOf(events.filter((event) => event.call === call)),
});

/** Purged a month after it was written. */
export const order = (...calls: readonly PurgeCall[]) => ({
  calls,
  now: WRITTEN_AT + 31 * DAY_MS,
  afterMs: 30 * DAY_MS,
});
