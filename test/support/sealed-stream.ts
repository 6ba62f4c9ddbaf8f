import { sha256 } from '../../hub/digest.ts';
import { currentContent } from '../../shared/content/packs.ts';
import { EMPTY_HEAD } from '../../shared/events/chain.ts';
import { type Envelope, type Happening, hashOf } from '../../shared/events/event.ts';
import { callId, type DeskId, type IdSource, type StreamId } from '../../shared/ids.ts';
import { type UtcMs } from '../../shared/time.ts';

const version = currentContent().manifest.version;

/**
 * A desk's stream of whole calls, `count` events long, sealed as its writer would: the calls come from `scripts` in
 * turn, the last may be cut short. `at` says when event number n (from 0) of them was made.
 */
export async function sealedStream(options: {
  readonly stream: StreamId;
  readonly desk: DeskId;
  readonly count: number;
  readonly at: (n: number) => UtcMs;
  readonly scripts: readonly (readonly Happening[])[];
  readonly ids: IdSource;
  /** Which script comes first, so that streams differ. */
  readonly offset?: number;
}): Promise<Envelope[]> {
  const { stream, desk, count, at: timeOf, scripts, ids, offset = 0 } = options;
  const events: Envelope[] = [];
  let head = EMPTY_HEAD;
  for (let at = offset; events.length < count; at += 1) {
    const call = callId.parse(ids.next());
    for (const { type, data } of [...OPENING, ...(scripts[at % scripts.length] ?? [])]) {
      if (events.length === count) break;
      const open = {
        stream,
        seq: head.seq + 1,
        call,
        at: timeOf(events.length),
        author: { id: 'handler-1', role: 'adviser' as const },
        desk,
        content: version,
        type,
        data: data as Envelope['data'],
        prev: head.hash,
      };
      const hash = await hashOf(open, (text) => Promise.resolve(sha256(text)));
      events.push({ ...open, hash });
      head = { seq: open.seq, hash };
    }
  }
  return events;
}

const OPENING: readonly Happening[] = [
  { type: 'call.offered', data: { channel: 'phone', source: 'handler' } },
  { type: 'call.answered', data: {} },
];
