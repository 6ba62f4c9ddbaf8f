import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from '../../../shared/sync/protocol.ts';
import { type DeskIdentity } from '../desk-identity.ts';
import { type HubLink } from '../../ports/hub-link.ts';
import { type StreamFound } from './read-stream.ts';

/** What came of sending one recovered stream. */
export interface StreamPushed {
  readonly stream: StreamId;
  readonly sent: number;
  /** How far the hub has it now; undefined when it did not say. */
  readonly acked: number | undefined;
  /** Why not everything was sent, in words. */
  readonly why: string | undefined;
}

/** Room for the request around the events. */
const ROOM_BYTES = 4_096;

/**
 * Sends to the hub what it lacks of the recovered streams, each signed as the desk that wrote it. Safe to repeat: the hub
 * answers with the receipts it gave. A number that is missing is left out and not declared lost, because another copy may
 * have it; the hub keeps what follows and places it once the number comes.
 */
export async function pushRecovered(
  streams: readonly StreamFound[],
  identities: readonly DeskIdentity[],
  linkOf: (identity: DeskIdentity) => HubLink,
): Promise<readonly StreamPushed[]> {
  const pushed: StreamPushed[] = [];
  for (const { stream, events } of streams.filter((found) => found.events.length > 0)) {
    const desk = events.at(-1)?.desk;
    const identity = identities.find((one) => one.desk === desk);
    if (identity === undefined) {
      const why = 'the key of the desk that wrote it could not be opened: hand the file over';
      pushed.push({ stream, sent: 0, acked: undefined, why });
    } else pushed.push(await pushStream(stream, events, linkOf(identity)));
  }
  return pushed;
}

async function pushStream(
  stream: StreamId,
  events: readonly Envelope[],
  link: HubLink,
): Promise<StreamPushed> {
  const stopped = (sent: number, acked: number | undefined, { message, code }: Fault): StreamPushed => ({
    stream,
    sent,
    acked,
    why: `${message} (${code})`,
  });
  const head = await link.head(stream);
  if (!head.ok) return stopped(0, undefined, head.error);
  let { acked } = head.value;
  let sent = 0;
  for (const batch of batches(events.filter(({ seq }) => seq > acked))) {
    const answer = await link.push({ stream, from: batch[0]?.seq ?? 1, events: batch });
    if (!answer.ok) return stopped(sent, acked, answer.error);
    sent += batch.length;
    ({ acked } = answer.value);
  }
  const last = events.at(-1)?.seq ?? 0;
  const why = acked < last ? `what follows ${acked} waits at the hub for the missing numbers` : undefined;
  return { stream, sent, acked, why };
}

/** Runs of numbers without a hole, cut to what the hub takes at once. */
export function batches(events: readonly Envelope[]): readonly (readonly Envelope[])[] {
  const cut: Envelope[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event)) + 1;
    const run = cut.at(-1);
    const follows = run?.at(-1)?.seq === event.seq - 1;
    if (run === undefined || !follows || run.length === MAX_BATCH_EVENTS || bytes + size > MAX_BATCH_BYTES) {
      cut.push([event]);
      bytes = ROOM_BYTES + size;
    } else {
      run.push(event);
      bytes += size;
    }
  }
  return cut;
}
