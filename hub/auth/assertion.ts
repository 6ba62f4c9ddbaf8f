import { z } from 'zod';
import { type DeskId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { ASSERTION_AUDIENCE, CODES } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Desk } from '../db/desk-rows.ts';
import { refusing, type Refusing } from '../refused.ts';
import { badSignature, checkSigned, claimedDesk, FIELD, KEPT_FOR_MS } from './signed.ts';

/** What the check asks of the database. */
export interface AssertionBook {
  readonly findDesk: (id: DeskId) => Promise<Desk | undefined>;
  /** Uses an assertion up; false when it was used before. */
  readonly use: (jti: string, expiresAt: UtcMs) => Promise<boolean>;
}

const claims = z.object({ jti: z.uuid(), pth: z.string().max(100).optional() });

/** Who signed a request, and whose token it says to have sent with it. */
export interface Asserted {
  readonly desk: DeskId;
  /** SHA-256 of a person's token, base64url. */
  readonly personHash: string | undefined;
}

/**
 * Reads `Authorization: Bearer <JWT>` and answers which enrolled desk signed it. The desk is looked up at every
 * request, so that a revocation holds at once; each assertion works once, so that one overheard is worth nothing.
 * A desk whose clock is off is told the hub's time, and signs again with that.
 */
export async function checkAssertion(
  header: string | undefined,
  book: AssertionBook,
  now: UtcMs,
): Promise<Result<Asserted, Refusing>> {
  const token = /^Bearer ([A-Za-z0-9_.-]+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) {
    return err(refusing(401, 'auth.missing', FIELD, 'must be "Bearer" and a signed assertion'));
  }
  const claimed = claimedDesk(token);
  if (claimed === undefined) return err(badSignature);
  const desk = await book.findDesk(claimed);
  if (desk === undefined) return err(unknownDesk);
  const verified = await checkSigned(token, desk, ASSERTION_AUDIENCE, now);
  if (!verified.ok) return verified;
  // Said only to the holder of the key.
  const closed = whyClosed(desk, now);
  if (closed !== undefined) return err(closed);
  const read = claims.safeParse(verified.value);
  if (!read.success) return err(badSignature);
  const { jti, pth } = read.data;
  return (await book.use(jti, now + KEPT_FOR_MS)) ? ok({ desk: desk.id, personHash: pth }) : err(used);
}

/** Why an enrolled desk is not let in any more, with what its people can do. Pure. */
function whyClosed(desk: Desk, now: UtcMs): Refusing | undefined {
  if (desk.revokedAt !== null) {
    const message =
      'is from a desk that has been revoked: events wait at the desk until it is enrolled again';
    return refusing(401, CODES.revoked, FIELD, message);
  }
  if (desk.expiresAt !== null && desk.expiresAt <= now) {
    const message =
      'is from a desk whose enrolment has ended: events wait at the desk until it is enrolled again';
    return refusing(401, CODES.enrolmentExpired, FIELD, message);
  }
  return undefined;
}

const unknownDesk = refusing(
  401,
  CODES.unknownDesk,
  FIELD,
  'is from a desk that is not enrolled: an administrator gives a code for it',
);
const used = refusing(401, CODES.assertionUsed, FIELD, 'has been used before: sign a new one');
