import { type z } from 'zod';
import { canonicalJson } from '../../shared/canonical.ts';
import { answerResponse, type ReceiverAnswer, type ReceiverHow } from '../../shared/referral/exchange.ts';
import { type CallId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type UtcMs } from '../../shared/time.ts';
import { keepAnswer, readReferral, type ReferralRow, storedAnswer } from '../db/referral-rows.ts';
import { markChanged } from '../db/call-rows.ts';
import { inTransaction } from '../db/pool.ts';
import { type HubDeps } from '../deps.ts';
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
 * Keeps the answer to a referral, once. The same answer again is answered with what is kept. A team that has said yes may
 * say later that it cannot after all: the person is the line's again, at once and for every desk to see (H10, H12). A yes
 * after a no is refused with what to do: by then somebody else may have been asked.
 */
export async function takeAnswer(
  deps: Pick<HubDeps, 'pool' | 'callsChanged'>,
  given: GivenAnswer,
): Promise<Result<z.infer<typeof answerResponse>, Refusing>> {
  let changed: CallId | undefined;
  const kept = await inTransaction(deps.pool, async (client): ReturnType<typeof takeAnswer> => {
    const { referral, receiver, via, answer, now } = given;
    const row = await readReferral(client, referral, true);
    // Another team's is answered as one that is not there: nobody learns which ids exist.
    if (row === undefined || (receiver !== undefined && row.receiver !== receiver)) return err(none);
    const text = canonicalJson(answer);
    if (row.answer === text)
      return ok({ referral: row.id, answer: storedAnswer(text), receivedAt: row.answeredAt ?? now });
    const refused = whyNot(row, answer, now);
    if (refused !== undefined) return err(refused);
    await keepAnswer(client, row.id, text, via, now);
    await markChanged(client, row.call);
    changed = row.call;
    return ok({ referral: row.id, answer, receivedAt: now });
  });
  if (changed !== undefined) deps.callsChanged([changed]);
  return kept;
}

/** Pure. */
function whyNot(row: ReferralRow, answer: ReceiverAnswer, now: UtcMs): Refusing | undefined {
  const before = row.answer === null ? undefined : storedAnswer(row.answer);
  const had = before?.answer ?? row.settledAs;
  const isNoAfterAll = had === 'acknowledged' && answer.answer === 'declined';
  if (!isNoAfterAll && before !== undefined) return answered;
  if (!isNoAfterAll && row.settledAt !== null) return settled;
  // Taken back by the service: nobody is left to be told of a no either, and ringing tells more.
  if (row.withdrawnAt !== null) return withdrawn;
  if (answer.at > now + SKEW_MS) return badTime('must not be in the future');
  if (before !== undefined && answer.at < before.at)
    return badTime('must not be before the acknowledgement that it takes back');
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
