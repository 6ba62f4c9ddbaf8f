import { type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isReason } from '../../shared/referral/decline-reasons.ts';
import { type ReceiverAnswer, receiverAnswer } from '../../shared/referral/exchange.ts';
import { markOpened, readReferral, type ReferralRow, storedAnswer } from '../db/referral-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { takeAnswer } from '../referrals/answer.ts';
import { PAGE_HEADERS, STYLE } from '../referrals/html.ts';
import { type HubKeys } from '../referrals/keys.ts';
import { readLink } from '../referrals/link.ts';
import { answeredPage, closedPage, coverPage, openPage, type Shown, type Wrong } from '../referrals/page.ts';
import { Refused } from '../refused.ts';

const MAX_FORM_BYTES = 16 * 1024;
/** More than a signed link takes. */
const params = z.object({ link: z.string().max(1_000) });
const field = z.string().max(4_000).default('');
const form = z.object({ by: field, reference: field, code: field, reason: field });
const hide = { hide: true } as const;

/**
 * THE PAGE of a team without a system: one link for one referral, two buttons. Nothing of the person is shown before
 * somebody says who they are; nothing counts as "has them" but the button that says so. Form after form, without a script.
 */
export function receivePage(app: HubApp, deps: HubDeps, keys: HubKeys): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (_request: FastifyRequest, body: string, done: (error: Error | null, value?: unknown) => void) =>
      done(null, Object.fromEntries(new URLSearchParams(body))),
  );
  app.setErrorHandler((error, request, reply) => {
    const isOurs = error instanceof Refused || (error as { statusCode?: number }).statusCode !== undefined;
    if (!isOurs) request.log.error({ err: error }, 'receive.page');
    const say =
      'Nothing was kept. Go back and try again; if it stays like this, ring the service that sent you here.';
    return html(reply, closedPage('That did not work', say), isOurs ? 400 : 503);
  });

  app.get('/receive.css', { schema: hide }, (_request, reply) =>
    reply
      .headers({ 'content-type': 'text/css; charset=utf-8', 'x-content-type-options': 'nosniff' })
      .send(STYLE),
  );

  app.get('/receive/:link', { schema: { ...hide, params } }, async (request, reply) => {
    const found = await open(request.params.link);
    return found.is === 'open' ? html(reply, coverPage(found.shown)) : asItStands(reply, found);
  });

  app.post('/receive/:link/open', { schema: { ...hide, params, body: form } }, async (request, reply) => {
    const found = await open(request.params.link);
    if (found.is !== 'open') return asItStands(reply, found);
    const by = request.body.by.trim().slice(0, 300);
    if (by === '') return html(reply, coverPage(found.shown, true), 400);
    await markOpened(deps.pool, found.row.id, by, deps.clock.now());
    return html(reply, openPage(found.shown, found.card, by));
  });

  for (const kind of ['acknowledge', 'decline'] as const)
    app.post(
      `/receive/:link/${kind}`,
      { schema: { ...hide, params, body: form } },
      async (request, reply) => {
        const found = await open(request.params.link);
        // Who has the person may say that they cannot after all; nothing else is answered twice.
        if (found.is === 'closed' || (found.is === 'taken' && kind === 'acknowledge'))
          return asItStands(reply, found);
        const now = deps.clock.now();
        const given = kind === 'acknowledge' ? acknowledged(request.body, now) : declined(request.body, now);
        if ('fields' in given) {
          const page =
            found.is === 'open'
              ? openPage(found.shown, found.card, request.body.by.trim(), given)
              : answeredPage(found.shown, found.answer, given);
          return html(reply, page, 400);
        }
        await takeAnswer(deps, { referral: found.row.id, via: 'page', answer: given, now });
        // Loading it again sends nothing again; what counts is what the page then says.
        return reply.headers(PAGE_HEADERS).redirect(found.shown.path, 303);
      },
    );

  type Found =
    | { readonly is: 'open'; readonly shown: Shown; readonly row: ReferralRow; readonly card: string }
    | {
        readonly is: 'taken';
        readonly shown: Shown;
        readonly row: ReferralRow;
        readonly answer: ReceiverAnswer;
      }
    | { readonly is: 'closed'; readonly page: string; readonly status: number };

  const asItStands = (reply: FastifyReply, found: Exclude<Found, { is: 'open' }>): FastifyReply =>
    found.is === 'closed'
      ? html(reply, found.page, found.status)
      : html(reply, answeredPage(found.shown, found.answer));

  async function open(link: string): Promise<Found> {
    const closed = (page: string, status = 200): Found => ({ is: 'closed', page, status });
    const read = await readLink(keys, link, deps.clock.now());
    if (read === 'expired') return closed(closedPage('This link has ended', RING), 410);
    const row = read === 'unknown' ? undefined : await readReferral(deps.pool, read.id);
    if (row === undefined) return closed(closedPage('There is nothing here', UNKNOWN), 404);
    const path = `/receive/${link}`;
    const shown = { from: deps.sender.name, to: row.receiverName, madeAt: row.madeAt, path };
    if (row.answer !== null) {
      const answer = storedAnswer(row.answer);
      return answer.answer === 'acknowledged' && row.withdrawnAt === null
        ? { is: 'taken', shown, row, answer }
        : closed(answeredPage(shown, answer));
    }
    if (row.withdrawnAt !== null) return closed(closedPage('Taken back', WITHDRAWN));
    if (row.settledAt !== null || row.card === null) return closed(closedPage('Already answered', SETTLED));
    return { is: 'open', shown, row, card: row.card };
  }
}

const RING = 'It is more than three days old. Ring the service that sent it.';
const UNKNOWN =
  'The link is not whole, or not of this service. Copy it again, or ring the service that sent it.';
const WITHDRAWN = 'The service has taken this referral back. Do nothing on it without ringing them.';
const SETTLED =
  'The service has already written down an answer, for example by telephone. Ring them if it should change.';

function acknowledged(given: z.infer<typeof form>, at: number): ReceiverAnswer | Wrong {
  const by = given.by.trim();
  const reference = given.reference.trim();
  const wrong = by === '' ? [['by', 'Write the name of whoever has the person.'] as const] : [];
  return checked('acknowledge', wrong, {
    answer: 'acknowledged',
    by,
    at,
    ...(reference === '' ? {} : { reference }),
  });
}

function declined(given: z.infer<typeof form>, at: number): ReceiverAnswer | Wrong {
  const [by, code, reason] = [given.by.trim(), given.code.trim(), given.reason.trim()];
  const wrong = [
    ...(by === '' ? [['by', 'Write the name of whoever says so.'] as const] : []),
    ...(isReason(code) ? [] : [['code', 'Choose the reason.'] as const]),
  ];
  return checked('decline', wrong, {
    answer: 'declined',
    by,
    at,
    code,
    ...(reason === '' ? {} : { reason }),
  });
}

function checked(
  kind: Wrong['form'],
  wrong: readonly (readonly [string, string])[],
  answer: unknown,
): ReceiverAnswer | Wrong {
  if (wrong.length > 0) return { form: kind, fields: wrong };
  const parsed = receiverAnswer.safeParse(answer);
  return parsed.success ? parsed.data : { form: kind, fields: [['by', 'Write less: it is too long.']] };
}

const html = (reply: FastifyReply, body: string, status = 200): FastifyReply =>
  reply
    .code(status)
    .headers({ ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' })
    .send(body);
