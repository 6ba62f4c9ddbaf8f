import { z } from 'zod';
import { uuid } from '../../shared/ids.ts';
import {
  answerRequest,
  answerResponse,
  type DeskReferral,
  MAX_DESK_REFERRALS,
  referralsPage,
} from '../../shared/referral/exchange.ts';
import { publicKeyJwk, refusal } from '../../shared/sync/protocol.ts';
import { deskOf } from '../auth/desks-only.ts';
import { useAssertion } from '../db/desk-rows.ts';
import { listReceivers, readReceiver } from '../db/receiver-rows.ts';
import { answerOf, type DeskReferralRow, listForDesk } from '../db/referral-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { takeAnswer } from '../referrals/answer.ts';
import { type HubKeys } from '../referrals/keys.ts';
import { linkPath } from '../referrals/link.ts';
import { checkReceiver } from '../referrals/receiver-auth.ts';
import { orRefuse } from '../refused.ts';

/** An answer is a name, a code and some words. */
const MAX_ANSWER_BYTES = 64 * 1024;
const refusals = { '4xx': refusal, '5xx': refusal } as const;

const jwks = z.object({
  keys: z.array(publicKeyJwk.extend({ kid: z.string(), use: z.literal('sig'), alg: z.literal('EdDSA') })),
});

/** For receivers' systems: the hub's public keys, and the one door for their answers. Each answer brings its own signature. */
export function receiverRoutes(app: HubApp, deps: HubDeps, keys: HubKeys): void {
  app.route({
    method: 'GET',
    url: '/v1/referrals/keys',
    schema: { summary: 'The keys with which this hub signs what it sends (JWKS)', response: { 200: jwks } },
    handler: async () => ({
      keys: [...(await keys.publicKeys())].map(([kid, key]) => ({
        ...key,
        kid,
        use: 'sig' as const,
        alg: 'EdDSA' as const,
      })),
    }),
  });

  app.route({
    method: 'POST',
    url: '/v1/referrals/:referral/answer',
    bodyLimit: MAX_ANSWER_BYTES,
    schema: {
      summary:
        'A receiver’s answer to a referral: acknowledged by name, or declined for a reason of the national list, also after an acknowledgement. The same answer again is safe',
      security: [{ receiver: [] }],
      params: z.object({ referral: uuid }),
      body: answerRequest,
      response: { 200: answerResponse, ...refusals },
    },
    handler: async (request) => {
      const { referral } = request.params;
      const now = deps.clock.now();
      const signed = {
        header: request.headers.authorization,
        referral,
        sha256: await deps.digest(request.bodyText),
      };
      const book = {
        find: (id: string) => readReceiver(deps.pool, id),
        use: (jti: string, expiresAt: number) => useAssertion(deps.pool, jti, expiresAt),
      };
      const receiver = orRefuse(await checkReceiver(signed, book, now));
      const { answer } = request.body;
      return orRefuse(await takeAnswer(deps, { referral, receiver, via: 'system', answer, now }));
    },
  });
}

/** For desks: whom they can send to, and what came of what they sent. */
export function deskReferralRoutes(app: HubApp, deps: HubDeps, keys: HubKeys): void {
  app.route({
    method: 'GET',
    url: '/v1/referrals',
    schema: {
      summary:
        'Teams that take hand-overs through the hub, and this desk’s hand-overs to them that its calls hold no answer to yet',
      security: [{ desk: [] }],
      response: { 200: referralsPage, ...refusals },
    },
    handler: async (request) => {
      const rows = await listForDesk(deps.pool, deskOf(request), MAX_DESK_REFERRALS);
      const receivers = (await listReceivers(deps.pool)).filter(({ endedAt }) => endedAt === null);
      return {
        receivers: receivers.map(({ id, name, how }) => ({ id, name, how })),
        referrals: await Promise.all(rows.map((row) => told(row, deps, keys))),
      };
    },
  });
}

async function told(row: DeskReferralRow, { sender }: HubDeps, keys: HubKeys): Promise<DeskReferral> {
  const { id, call, stream, seq, tries, trouble, deliveredAt, how, openedBy, openedAt } = row;
  const state = stateOf(row);
  return {
    id,
    call,
    handover: { stream, seq },
    receiver: { id: row.receiver, name: row.receiverName, how },
    state,
    tries,
    trouble,
    deliveredAt,
    opened: openedBy === null || openedAt === null ? null : { by: openedBy, at: openedAt },
    link:
      state === 'linked' && row.answer === null
        ? `${sender.publicUrl ?? ''}${await linkPath(keys, row)}`
        : null,
    answer: answerOf(row),
  };
}

function stateOf(row: DeskReferralRow): DeskReferral['state'] {
  if (row.withdrawnAt !== null) return 'withdrawn';
  if (row.deliveredAt !== null) return 'delivered';
  if (row.failedAt !== null) return 'failed';
  return row.how === 'page' ? 'linked' : 'waiting';
}
