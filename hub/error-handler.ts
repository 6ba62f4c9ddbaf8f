import { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Refusal } from '../shared/sync/protocol.ts';
import { isDatabaseAway } from './db/pool.ts';
import { Refused, refusing, type Refusing } from './refused.ts';

/** The one place where an error becomes an answer. Clients see a code, a field and a sentence; never a stack. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalFor(error);
  if (refusal.status >= 500 && !(error instanceof Refused))
    request.log.error({ err: error }, refusal.problem.code);
  request.server.counters.refused(refusal.problem.code);
  send(reply, refusal);
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  request.server.counters.refused(unknownRoute.problem.code);
  send(reply, unknownRoute);
}

const unknownRoute = refusing(404, 'request.unknownRoute', 'url', 'there is nothing at this address');

function send(reply: FastifyReply, { status, problem, retryAfterS, hubTime }: Refusing): void {
  if (retryAfterS !== undefined) void reply.header('Retry-After', String(retryAfterS));
  // Serialised here: a refusal has the same body whatever the route's answers look like.
  const body: Refusal = hubTime === undefined ? { error: problem } : { error: problem, hubTime };
  void reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

function refusalFor(error: FastifyError): Refusing {
  if (error instanceof Refused) return error.refusing;
  if (isDatabaseAway(error)) {
    const away = refusing(503, 'hub.databaseAway', '(whole)', 'the database does not answer at the moment');
    return { ...away, retryAfterS: 2 };
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return refusing(413, 'request.tooLarge', '(whole)', 'is larger than this route takes');
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return refusing(415, 'request.badMediaType', 'Content-Type', 'must be application/json');
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return refusing(status, 'request.refused', '(whole)', 'cannot be read');
  return refusing(
    500,
    'hub.internal',
    '(whole)',
    'something went wrong in the hub; nothing was stored by this request',
  );
}
