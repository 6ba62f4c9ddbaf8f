import { type z } from 'zod';
import { type DeskId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type enrolRequest, type PublicKeyJwk } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Code, type Desk, insertDesk, lockCode, readDesk, useCode } from '../db/desk-rows.ts';
import { inTransaction, type Pool } from '../db/pool.ts';
import { sha256 } from '../digest.ts';
import { refusing, type Refusing } from '../refused.ts';

export type EnrolRequest = z.infer<typeof enrolRequest>;

/** How long a code given by LANTERN_ENROL_CODE works after the hub has started (ms). */
export const ENROL_CODE_LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * Enrols a desk with a code that works once. The same desk with the same key may ask again with the same code and
 * gets the same answer: its first answer may have been lost on the way.
 */
export function enrol(
  pool: Pool,
  request: EnrolRequest,
  now: UtcMs,
): Promise<Result<{ desk: DeskId; enrolledAt: UtcMs }, Refusing>> {
  return inTransaction(pool, async (client) => {
    const codeSha256 = sha256(request.code);
    const code = await lockCode(client, codeSha256);
    const known = await readDesk(client, request.desk);
    const decision = decideEnrolment(request, code, known, now);
    if (!decision.ok) return decision;
    if (decision.value === 'again') return ok({ desk: request.desk, enrolledAt: known?.enrolledAt ?? now });
    const { desk, name, publicKey } = request;
    if (!(await insertDesk(client, { id: desk, name, publicKey, enrolledAt: now }))) {
      // Another request enrolled this id between our reading and our writing.
      return err(deskExists);
    }
    await useCode(client, codeSha256, desk);
    return ok({ desk, enrolledAt: now });
  });
}

const deskExists = refusing(
  409,
  'enrol.deskExists',
  'desk',
  'is enrolled already: a new enrolment needs a new desk id',
);
const sameKey = (a: PublicKeyJwk, b: PublicKeyJwk): boolean =>
  a.x === b.x && a.crv === b.crv && a.kty === b.kty;

/** Pure. A code not known and a code not right are the same answer. */
function decideEnrolment(
  request: Pick<EnrolRequest, 'desk' | 'publicKey'>,
  code: Code | undefined,
  known: Desk | undefined,
  now: UtcMs,
): Result<'new' | 'again', Refusing> {
  if (code === undefined)
    return err(refusing(403, 'enrol.badCode', 'code', 'is not a code this hub accepts'));
  if (code.usedBy !== null) {
    const again =
      code.usedBy === request.desk && known !== undefined && sameKey(known.publicKey, request.publicKey);
    if (!again) return err(refusing(403, 'enrol.codeUsed', 'code', 'has been used'));
    return known.revokedAt === null
      ? ok('again')
      : err(refusing(403, 'auth.revoked', 'desk', 'has been revoked'));
  }
  if (code.expiresAt <= now) return err(refusing(403, 'enrol.codeExpired', 'code', 'has expired'));
  // A code for a new desk must not be a way to take over the id of one that is already there.
  return known === undefined ? ok('new') : err(deskExists);
}
