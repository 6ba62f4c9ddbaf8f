import { type Fault } from '../../shared/bridge/frames.ts';
import { EMPTY_HEAD, type Head } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { storeFault } from './faults.ts';

/**
 * Decides what of `events` follows on from `head`. An event that is there already with the same hash is a success
 * and nothing to write. `stored` gives the hash kept under a number up to the head. Pure.
 * Faults: store.wrongStream, store.gap, store.fork. Nothing is ever written over.
 */
export function planAppend(
  head: Head | undefined,
  events: readonly Envelope[],
  stored: (seq: number) => string | undefined,
): Result<{ readonly fresh: readonly Envelope[]; readonly head: Head }, Fault> {
  const fresh: Envelope[] = [];
  const start = head ?? EMPTY_HEAD;
  let at = start;
  const stream = events[0]?.stream;
  for (const [index, event] of events.entries()) {
    const refuse = (code: string, field: string, message: string) =>
      err(storeFault(code, `events.${index}.${field}`, message));
    if (event.stream !== stream) return refuse('store.wrongStream', 'stream', 'is not of the same stream');
    if (event.seq <= at.seq) {
      const there = event.seq > start.seq ? fresh[event.seq - start.seq - 1]?.hash : stored(event.seq);
      if (there === event.hash) continue;
      if (there === undefined) return refuse('store.gap', 'seq', 'was lost from this database');
      return refuse('store.fork', 'hash', 'this database holds another event with this number');
    }
    if (event.seq !== at.seq + 1) return refuse('store.gap', 'seq', `must be ${at.seq + 1}`);
    if (event.prev !== at.hash)
      return refuse('store.fork', 'prev', 'does not follow on from the event before');
    fresh.push(event);
    at = { seq: event.seq, hash: event.hash };
  }
  return ok({ fresh, head: at });
}
