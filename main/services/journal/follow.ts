import { checkLink, type Head } from '../../../shared/events/chain.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type Digest, type Sha256Hex } from '../../../shared/ids.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { fault } from '../faults.ts';

export interface Followed {
  /** The events to write: those the journal does not have yet. */
  readonly fresh: readonly Envelope[];
  readonly head: Head;
}

/**
 * Decides what of `events` may be written after `head`. An event the journal already has, with the same hash,
 * is a success and nothing to write; anything that does not follow on is a fault, and then nothing is written.
 */
export async function follow(
  stream: string,
  head: Head,
  events: readonly Envelope[],
  storedHash: (seq: number) => Promise<Sha256Hex | undefined>,
  digest: Digest,
): Promise<Result<Followed, Fault>> {
  const fresh: Envelope[] = [];
  let at = head;
  for (const [index, event] of events.entries()) {
    const field = `events.${index}`;
    if (event.stream !== stream) {
      return err(
        fault('journal.wrongStream', `${field}.stream`, 'is not the stream this journal is keeping'),
      );
    }
    if (event.seq <= at.seq) {
      const stored =
        event.seq > head.seq ? fresh[event.seq - head.seq - 1]?.hash : await storedHash(event.seq);
      if (stored === event.hash) continue;
      if (stored === undefined) {
        return err(
          fault(
            'journal.gap',
            `${field}.seq`,
            'was lost from the journal and cannot be put back in its place',
          ),
        );
      }
      return err(fault('journal.fork', `${field}.hash`, 'the journal holds another event with this number'));
    }
    const wrong = await checkLink(at, event, digest);
    if (wrong?.kind === 'gap') {
      return err(
        fault('journal.gap', `${field}.seq`, `must be ${wrong.expected}: events are missing before it`),
      );
    }
    if (wrong?.kind === 'brokenLink') {
      return err(
        fault('journal.fork', `${field}.prev`, 'does not follow on from the last event in the journal'),
      );
    }
    if (wrong?.kind === 'wrongHash') {
      return err(fault('journal.wrongHash', `${field}.hash`, 'is not the hash of this event'));
    }
    fresh.push(event);
    at = { seq: event.seq, hash: event.hash };
  }
  return ok({ fresh, head: at });
}
