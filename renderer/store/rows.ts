import { z } from 'zod';
import { keyId } from '../../shared/boxes/box.ts';
import { callId, sha256Hex, streamId } from '../../shared/ids.ts';
import { utcMs } from '../../shared/time.ts';

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array, 'must be bytes');

/** Where a stream ends in this database, and how far the hub has it. */
export const streamRow = z.strictObject({
  stream: streamId,
  seq: z.int().min(0),
  hash: sha256Hex,
  acked: z.int().min(0),
  /** `current` is written to; `earlier` ones are only sent. */
  role: z.enum(['current', 'earlier']),
});
export type StreamRow = z.infer<typeof streamRow>;

/** That row as it rests: the hash in a box, because a guess at what was said can be checked by it. */
export const storedStream = z.strictObject({
  ...streamRow.omit({ hash: true }).shape,
  /** Absent where the stream is empty, or in a row of version 1, which has the hash itself. */
  key: keyId.optional(),
  box: bytes.optional(),
  hash: sha256Hex.optional(),
});
export type StoredStream = z.infer<typeof storedStream>;

/** An event as it rests: what finds it, and the event itself in a box. */
export const eventRow = z.strictObject({
  stream: streamId,
  seq: z.int().min(1),
  call: callId,
  key: keyId,
  box: bytes,
});
export type EventRow = z.infer<typeof eventRow>;

export const receiptRow = z.strictObject({ n: z.int().min(1), stream: streamId, key: keyId, box: bytes });
export type ReceiptRow = z.infer<typeof receiptRow>;

/** One call in a few words. */
export const callRow = z.strictObject({
  call: callId,
  firstAt: utcMs,
  lastAt: utcMs,
  /** `open`: answered and not closed. `reopened` once at any time: whether it is closed again only its events say. */
  state: z.enum(['offered', 'open', 'closed', 'reopened']),
});
export type CallRow = z.infer<typeof callRow>;

/** Where a call was that is, or was, continued at another desk: as the hub last said. */
export const leaseRow = z.strictObject({
  call: callId,
  /** Set while this desk has not got it. */
  elsewhere: z
    .strictObject({ since: utcMs, name: z.string().nullable(), nobody: z.literal(true).optional() })
    .optional(),
});
export type LeaseRow = z.infer<typeof leaseRow>;

/** An unreadable row as it was found, or another copy's event, in a box. */
export const keptRow = z.object({ stream: z.string(), seq: z.number(), key: keyId, box: bytes });
export type KeptRow = z.infer<typeof keptRow>;

/** What was purged of a stream: runs of numbers, and the hashes of their last events in a box. */
export const purgedRow = z.strictObject({
  stream: streamId,
  runs: z.array(z.tuple([z.int().min(1), z.int().min(1)])),
  key: keyId,
  box: bytes,
});
export type PurgedRow = z.infer<typeof purgedRow>;
