import { z } from 'zod';
import { callId, sha256Hex, streamId } from '../../shared/ids.ts';
import { utcMs } from '../../shared/time.ts';

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

/** One call in a few words. */
export const callRow = z.strictObject({
  call: callId,
  firstAt: utcMs,
  lastAt: utcMs,
  /** `open`: answered and not closed. */
  state: z.enum(['offered', 'open', 'closed']),
});
export type CallRow = z.infer<typeof callRow>;

/** An unreadable row as it was found. */
export interface DamagedRow {
  readonly stream: string;
  readonly seq: number;
  readonly row: unknown;
}
