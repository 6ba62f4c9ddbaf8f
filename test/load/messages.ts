import { z } from 'zod';
import { deskId, streamId } from '../../shared/ids.ts';
import { publicKeyJwk } from '../../shared/sync/protocol.ts';

/** What a process with a share of the desks says to the one that counts. */
export const made = z.object({
  kind: z.literal('made'),
  desks: z.array(z.object({ desk: deskId, publicKey: publicKeyJwk, stream: streamId })),
});
export type Made = z.infer<typeof made>;

export const finished = z.object({
  kind: z.literal('finished'),
  /** Wall clock (ms). */
  began: z.number(),
  finishedAt: z.array(z.number()),
  streams: z.array(z.object({ stream: streamId, acked: z.int(), receipted: z.int(), headHash: z.string() })),
  pushed: z.int(),
  busy: z.int(),
  failed: z.int(),
  told: z.array(z.string()),
});
export type Finished = z.infer<typeof finished>;
