import { z } from 'zod';
import { type DeskId, type StreamId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { CLAIM_AUDIENCE } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { readDesk } from '../db/desk-rows.ts';
import { inTransaction, type Pool } from '../db/pool.ts';
import { lockOwner, transferStream } from '../db/transfer-rows.ts';
import { refusing, type Refusing } from '../refused.ts';
import { checkSigned, claimedDesk } from './signed.ts';

/** A desk that says a stream was its own under another identity. */
export interface Claim {
  readonly stream: StreamId;
  readonly desk: DeskId;
  readonly proof: string;
  readonly now: UtcMs;
}

/**
 * Gives a stream to the desk that asks, on proof of the old desk's key. The same claim again is the same answer. An
 * enrolment that has ended still proves; a revoked one does not, because somebody else may have that key.
 */
export function claimStream(pool: Pool, claim: Claim): Promise<Result<void, Refusing>> {
  return inTransaction(pool, async (client) => {
    const { stream, desk, proof, now } = claim;
    const owner = await lockOwner(client, stream);
    // Nobody's yet: it becomes this desk's with its first batch.
    if (owner === undefined || owner === desk) return ok(undefined);
    const old = await readDesk(client, owner);
    if (old === undefined || claimedDesk(proof) !== owner) return err(badProof);
    const signed = await checkSigned(proof, old, CLAIM_AUDIENCE, now);
    if (!signed.ok) return signed.error.hubTime === undefined ? err(badProof) : signed;
    const said = z.object({ to: z.literal(desk), stream: z.literal(stream) }).safeParse(signed.value);
    if (!said.success || old.revokedAt !== null) return err(badProof);
    await transferStream(client, { stream, from: owner, to: desk, at: now, how: 'oldKey' });
    return ok(undefined);
  });
}

const badProof = refusing(
  403,
  'claim.badProof',
  'proof',
  'is not signed with the key of the desk that owns the stream: an administrator can release it',
);
