import { type z } from 'zod';
import { canonicalJson } from '../../shared/canonical.ts';
import { answerResponse, type ReceiverAnswer, type ReceiverHow } from '../../shared/referral/exchange.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type UtcMs } from '../../shared/time.ts';
import { keepAnswer, readReferral, type ReferralRow, storedAnswer } from '../db/referral-rows.ts';
import { inTransaction, type Pool } from '../db/pool.ts';
import { refusing, type Refusing } from '../refused.ts';

/** How far a receiver's clock may be from the hub's (ms). */
const SKEW_MS = 5 * 60_000;

export interface GivenAnswer {
  readonly referral: string;
  /** The receiver that signed it; absent: it came by the referral's own link. */
  readonly receiver?: string;
  readonly via: ReceiverHow;
  readonly answer: ReceiverAnswer;
  readonly now: UtcMs;
}

/**
 * Keeps the answer to a referral, once. The same answer again is answered with what is kept; another one is refused with
 * what to do, because a person somebody has said they have is not given up by a message.
 */
export function takeAnswer(
  pool: Pool,
  { referral, receiver, via, answer, now }: GivenAnswer,
): Promise<Result<z.infer<typeof answerResponse>, Refusing>> {
  return inTransaction(pool, async (client) => {
    const row = await readReferral(client, referral, true);
    // Another team's is answered as one that is not there: nobody learns which ids exist.
    if (row === undefined || (receiver !== undefined && row.receiver !== receiver)) return err(none);
    const text = canonicalJson(answer);
    if (row.answer === null) {
      const refused = whyNot(row, answer, now);
      if (refused !== undefined) return err(refused);
      await keepAnswer(client, row.id, text, via, now);
      return ok({ referral: row.id, answer, receivedAt: now });
    }
    if (row.answer !== text) return err(answered);
    return ok({
      referral: row.id,
      answer: storedAnswer(row.answer),
      receivedAt: row.answeredAt ?? now,
    });
  });
}

/** Pure. */
function whyNot(row: ReferralRow, answer: ReceiverAnswer, now: UtcMs): Refusing | undefined {
  if (row.settledAt !== null) return settled;
  if (row.withdrawnAt !== null) return withdrawn;
  if (answer.at > now + SKEW_MS) return badTime('must not be in the future');
  return answer.at < row.madeAt - SKEW_MS ? badTime('must not be before the referral was made') : undefined;
}

const badTime = (message: string): Refusing => refusing(400, 'answer.time', 'answer.at', message);
const none = refusing(404, 'referral.none', 'referral', 'is not a referral to this receiver');
const answered = refusing(
  409,
  'referral.answered',
  'answer',
  'differs from the answer that was given before: ring the service, which goes by the first',
);
const settled = refusing(
  409,
  'referral.settled',
  'answer',
  'comes after the service has written down another: ring the service',
);
const withdrawn = refusing(
  409,
  'referral.withdrawn',
  'referral',
  'was taken back by the service: do nothing on it without ringing them',
);
