import { decodeJwt, errors } from 'jose';
import { z } from 'zod';
import { uuid } from '../../shared/ids.ts';
import { ANSWER_AUDIENCE } from '../../shared/referral/exchange.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type UtcMs } from '../../shared/time.ts';
import { checkSigned, FIELD, KEPT_FOR_MS } from '../auth/signed.ts';
import { type ReceiverRow } from '../db/receiver-rows.ts';
import { refusing, type Refusing } from '../refused.ts';

/** What the check asks of the database. */
export interface ReceiverBook {
  readonly find: (id: string) => Promise<ReceiverRow | undefined>;
  /** Uses a token up; false when it was used before. */
  readonly use: (jti: string, expiresAt: UtcMs) => Promise<boolean>;
}

export interface SignedAnswer {
  readonly header: string | undefined;
  readonly referral: string;
  /** SHA-256 of the body as it came. */
  readonly sha256: string;
}

/**
 * Which receiver signed an answer: this answer, to this referral, within the last minute, once. A token for another referral
 * or another body is as good as none. While a team changes its key, both count.
 */
export async function checkReceiver(
  { header, referral, sha256 }: SignedAnswer,
  book: ReceiverBook,
  now: UtcMs,
): Promise<Result<string, Refusing>> {
  const token = /^Bearer ([A-Za-z0-9_.-]+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) return err(missing);
  const id = claimed(token);
  const receiver = id === undefined ? undefined : await book.find(id);
  const publicKey = receiver?.publicKey ?? undefined;
  if (receiver === undefined || publicKey === undefined) return err(foreign);
  const { previousKey, previousUntil } = receiver;
  let signed = await checkSigned(token, { id: receiver.id, publicKey }, ANSWER_AUDIENCE, now);
  const isOld = !signed.ok && signed.error.problem.code === 'auth.badSignature';
  if (isOld && previousKey !== null && now < (previousUntil ?? 0))
    signed = await checkSigned(token, { id: receiver.id, publicKey: previousKey }, ANSWER_AUDIENCE, now);
  if (!signed.ok) return signed.error.problem.code === 'auth.badSignature' ? err(foreign) : signed;
  const claims = z
    .object({ jti: z.uuid(), ref: z.literal(referral), sha256: z.literal(sha256) })
    .safeParse(signed.value);
  if (!claims.success) return err(other);
  if (receiver.endedAt !== null) return err(ended);
  return (await book.use(claims.data.jti, now + KEPT_FOR_MS)) ? ok(receiver.id) : err(used);
}

function claimed(token: string): string | undefined {
  try {
    const id = uuid.safeParse(decodeJwt(token).iss);
    return id.success ? id.data : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

const missing = refusing(401, 'auth.missing', FIELD, 'must be "Bearer" and a token signed by the receiver');
const foreign = refusing(
  401,
  'auth.badSignature',
  FIELD,
  'is not signed with the key of a receiver of this hub',
);
const other = refusing(401, 'auth.otherAnswer', FIELD, 'is signed for another referral or another answer');
const ended = refusing(401, 'auth.receiverEnded', FIELD, 'is of a receiver that takes no referrals any more');
const used = refusing(401, 'auth.used', FIELD, 'has been used before: sign a new one');
