import { type z } from 'zod';
import { type DeskId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { CODES, type enrolRequest, type PublicKeyJwk } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import {
  type Code,
  type Desk,
  enrolAgain,
  insertDesk,
  lockCode,
  readDesk,
  useCode,
} from '../db/desk-rows.ts';
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
    const { desk: id, name, publicKey } = request;
    if (decision.value === 'again') return ok({ desk: id, enrolledAt: known?.enrolledAt ?? now });
    const expiresAt = typeof code?.enrolsForMs === 'number' ? now + code.enrolsForMs : null;
    const desk = { id, name, publicKey, enrolledAt: now, expiresAt };
    if (decision.value === 'renew') await enrolAgain(client, desk);
    // Another request may have enrolled this id between our reading and our writing.
    else if (!(await insertDesk(client, desk))) return err(deskExists);
    await useCode(client, codeSha256, id);
    return ok({ desk: id, enrolledAt: now });
  });
}

const deskExists = refusing(
  409,
  'enrol.deskExists',
  'desk',
  'is enrolled already: a new key for it needs a code made for this desk',
);
const sameKey = (a: PublicKeyJwk, b: PublicKeyJwk): boolean =>
  a.x === b.x && a.crv === b.crv && a.kty === b.kty;

/** Pure. A code not known and a code not right are the same answer. */
function decideEnrolment(
  request: Pick<EnrolRequest, 'desk' | 'publicKey'>,
  code: Code | undefined,
  known: Desk | undefined,
  now: UtcMs,
): Result<'new' | 'again' | 'renew', Refusing> {
  if (code === undefined)
    return err(refusing(403, 'enrol.badCode', 'code', 'is not a code this hub accepts'));
  if (code.usedBy !== null) {
    const again =
      code.usedBy === request.desk && known !== undefined && sameKey(known.publicKey, request.publicKey);
    if (!again) return err(refusing(403, 'enrol.codeUsed', 'code', 'has been used'));
    return known.revokedAt === null
      ? ok('again')
      : err(refusing(403, CODES.revoked, 'desk', 'has been revoked: a code for this desk lets it in again'));
  }
  if (code.expiresAt <= now) return err(refusing(403, 'enrol.codeExpired', 'code', 'has expired'));
  if (code.forDesk !== null) {
    return code.forDesk === request.desk
      ? ok('renew')
      : err(refusing(403, 'enrol.otherDesk', 'code', 'is for another desk'));
  }
  if (known === undefined) return ok('new');
  // The same key for longer gives nothing to anybody else; a revoked one needs a code for that desk.
  if (sameKey(known.publicKey, request.publicKey) && known.revokedAt === null) return ok('renew');
  // A code for a new desk must not be a way to take over the id of one that is already there.
  return err(deskExists);
}
