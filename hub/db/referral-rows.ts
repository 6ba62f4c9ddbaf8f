import { type AnsweredReferral } from '../../shared/call/answer-through-hub.ts';
import { type CallId, type DeskId, type StreamId } from '../../shared/ids.ts';
import {
  type DeskReferral,
  type ReceiverAnswer,
  receiverAnswer,
  type ReceiverHow,
} from '../../shared/referral/exchange.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** A referral as its answer and its page need it. */
export interface ReferralRow {
  readonly id: string;
  readonly call: CallId;
  readonly receiver: string;
  readonly receiverName: string;
  readonly madeAt: UtcMs;
  readonly card: string | null;
  readonly withdrawnAt: UtcMs | null;
  readonly settledAt: UtcMs | null;
  /** What the call's own log said then. Null also where an earlier hub settled it. */
  readonly settledAs: Settled | null;
  readonly answer: string | null;
  readonly answeredVia: ReceiverHow | null;
  readonly answeredAt: UtcMs | null;
}
export type Settled = 'acknowledged' | 'declined';

const ROW = `referrals.id, call, receiver, receivers.name AS "receiverName", made_at AS "madeAt", card,
  withdrawn_at AS "withdrawnAt", settled_at AS "settledAt", settled_as AS "settledAs", answer,
  answered_via AS "answeredVia", answered_at AS "answeredAt"`;

export async function readReferral(db: Db, id: string, lock = false): Promise<ReferralRow | undefined> {
  const { rows } = await db.query<ReferralRow>(
    `SELECT ${ROW} FROM referrals JOIN receivers ON receivers.id = receiver WHERE referrals.id = $1
     ${lock ? 'FOR UPDATE OF referrals' : ''}`,
    [id],
  );
  return rows[0];
}

export const storedAnswer = (text: string): ReceiverAnswer => receiverAnswer.parse(JSON.parse(text));

export interface NewReferral {
  readonly id: string;
  readonly call: CallId;
  readonly stream: StreamId;
  readonly seq: number;
  readonly receiver: string;
  readonly madeAt: UtcMs;
  readonly message: string | null;
  readonly card: string | null;
  readonly nextTryAt: UtcMs | null;
  readonly trouble: string | null;
  readonly failedAt: UtcMs | null;
  readonly withdrawnAt: UtcMs | null;
  readonly settledAt: UtcMs | null;
  readonly settledAs: Settled | null;
}

/** What stands for a hand-over is made once; a second time changes nothing. */
export async function insertReferral(db: Db, row: NewReferral): Promise<void> {
  await db.query(
    `INSERT INTO referrals (id, call, stream, seq, receiver, made_at, message, card, next_try_at, trouble, failed_at,
                            withdrawn_at, settled_at, settled_as)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (stream, seq) DO NOTHING`,
    [
      row.id,
      row.call,
      row.stream,
      row.seq,
      row.receiver,
      row.madeAt,
      row.message,
      row.card,
      row.nextTryAt,
      row.trouble,
      row.failedAt,
      row.withdrawnAt,
      row.settledAt,
      row.settledAs,
    ],
  );
}

/** Hand-overs of a call that stand here already, with the answer that came through the hub, by "stream seq". */
export async function listStanding(db: Db, call: CallId): Promise<ReadonlyMap<string, AnsweredReferral>> {
  const { rows } = await db.query<
    Pick<ReferralRow, 'id' | 'receiverName' | 'answer' | 'answeredVia' | 'answeredAt'> & Place
  >(
    `SELECT referrals.id, stream, seq, receivers.name AS "receiverName", answer, answered_via AS "answeredVia",
            answered_at AS "answeredAt"
     FROM referrals JOIN receivers ON receivers.id = receiver WHERE call = $1`,
    [call],
  );
  return new Map(
    rows.map(({ id, stream, seq, receiverName: name, ...row }) => [
      `${stream} ${seq}`,
      { id, handover: { stream, seq }, receiver: { name }, answer: answerOf(row) },
    ]),
  );
}

/** The answer a row holds, as a desk is told of it. */
export const answerOf = ({
  answer,
  answeredVia: via,
  answeredAt: receivedAt,
}: Pick<ReferralRow, 'answer' | 'answeredVia' | 'answeredAt'>): DeskReferral['answer'] =>
  answer === null || via === null || receivedAt === null
    ? null
    : { answer: storedAnswer(answer), receivedAt, via };

type Place = { readonly stream: StreamId; readonly seq: number };

/** The call's log holds an answer. What was sent is not kept a second time. */
export async function settleReferral(db: Db, { stream, seq }: Place, as: Settled, at: UtcMs): Promise<void> {
  await db.query(
    `UPDATE referrals SET settled_at = coalesce(settled_at, $3), settled_as = $4, next_try_at = NULL, message = NULL,
            card = NULL
     WHERE stream = $1 AND seq = $2`,
    [stream, seq, at, as],
  );
}

/** The service took it back before anybody answered. */
export async function withdrawReferral(db: Db, { stream, seq }: Place, at: UtcMs): Promise<void> {
  await db.query(
    `UPDATE referrals SET withdrawn_at = coalesce(withdrawn_at, $3), next_try_at = NULL, message = NULL, card = NULL
     WHERE stream = $1 AND seq = $2 AND answer IS NULL AND settled_at IS NULL`,
    [stream, seq, at],
  );
}

export interface DueReferral {
  readonly id: string;
  readonly message: string;
  readonly madeAt: UtcMs;
  readonly tries: number;
  readonly receiver: string;
  readonly endpoint: string;
}

/** Takes what is to be sent now, so that no other hub process sends it meanwhile; it is due again at `until`. */
export async function claimDue(db: Db, now: UtcMs, until: UtcMs, limit: number): Promise<DueReferral[]> {
  const { rows } = await db.query<DueReferral>(
    `UPDATE referrals SET tries = tries + 1, next_try_at = $2
     FROM receivers
     WHERE receivers.id = receiver AND referrals.id IN (
       SELECT id FROM referrals WHERE next_try_at <= $1 AND message IS NOT NULL
       ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING referrals.id, message, made_at AS "madeAt", tries, receiver, endpoint`,
    [now, until, limit],
  );
  return rows;
}

/** What came of a try. Nothing is sent again once it was answered meanwhile. */
export async function markTried(
  db: Db,
  id: string,
  came: {
    readonly deliveredAt?: UtcMs;
    readonly failedAt?: UtcMs;
    readonly nextTryAt?: UtcMs;
    readonly trouble?: string;
  },
): Promise<void> {
  await db.query(
    `UPDATE referrals SET delivered_at = coalesce(delivered_at, $2), failed_at = $3, trouble = $5,
            next_try_at = CASE WHEN next_try_at IS NULL THEN NULL ELSE $4::bigint END
     WHERE id = $1`,
    [id, came.deliveredAt ?? null, came.failedAt ?? null, came.nextTryAt ?? null, came.trouble ?? null],
  );
}

/** From now on this is the answer, and the call's log does not hold it yet: its desk is told. */
export async function keepAnswer(
  db: Db,
  id: string,
  answer: string,
  via: ReceiverHow,
  at: UtcMs,
): Promise<void> {
  await db.query(
    `UPDATE referrals SET answer = $2, answered_via = $3, answered_at = $4, next_try_at = NULL, message = NULL,
            card = NULL, settled_at = NULL, settled_as = NULL
     WHERE id = $1`,
    [id, answer, via, at],
  );
}

/** Who opened the page first. */
export async function markOpened(db: Db, id: string, by: string, at: UtcMs): Promise<void> {
  await db.query('UPDATE referrals SET opened_by = $2, opened_at = $3 WHERE id = $1 AND opened_at IS NULL', [
    id,
    by,
    at,
  ]);
}

export type DeskReferralRow = Omit<
  DeskReferral,
  'link' | 'state' | 'receiver' | 'handover' | 'opened' | 'answer'
> & {
  readonly stream: StreamId;
  readonly seq: number;
  readonly madeAt: UtcMs;
  readonly receiver: string;
  readonly receiverName: string;
  readonly how: ReceiverHow;
  readonly failedAt: UtcMs | null;
  readonly withdrawnAt: UtcMs | null;
  readonly openedBy: string | null;
  readonly openedAt: UtcMs | null;
  readonly answer: string | null;
  readonly answeredVia: ReceiverHow | null;
  readonly answeredAt: UtcMs | null;
};

/** Hand-overs of the calls that a desk has, which are not settled; the newest first. */
export async function listForDesk(db: Db, desk: DeskId, limit: number): Promise<DeskReferralRow[]> {
  const { rows } = await db.query<DeskReferralRow>(
    `SELECT referrals.id, referrals.call, stream, seq, made_at AS "madeAt", receiver,
            receivers.name AS "receiverName", how, tries, trouble, delivered_at AS "deliveredAt",
            failed_at AS "failedAt", withdrawn_at AS "withdrawnAt", opened_by AS "openedBy",
            opened_at AS "openedAt", answer, answered_via AS "answeredVia", answered_at AS "answeredAt"
     FROM referrals JOIN receivers ON receivers.id = receiver JOIN calls ON calls.call = referrals.call
     WHERE settled_at IS NULL AND calls.holder = $1 ORDER BY made_at DESC, referrals.id LIMIT $2`,
    [desk, limit],
  );
  return rows;
}
