import { type FastifyRequest } from 'fastify';
import { type DeskId } from '../../shared/ids.ts';
import { readDesk, useAssertion } from '../db/desk-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { orRefuse, Refused, refusing } from '../refused.ts';
import { type AssertionBook, checkAssertion } from './assertion.ts';

/** Lets only enrolled desks through to this scope's routes. Before the body is read: strangers cost little. */
export function desksOnly(app: HubApp, deps: HubDeps): void {
  const book: AssertionBook = {
    findDesk: (id) => readDesk(deps.pool, id),
    use: (jti, expiresAt) => useAssertion(deps.pool, jti, expiresAt),
  };
  app.addHook('onRequest', async (request) => {
    const asserted = orRefuse(await checkAssertion(request.headers.authorization, book, deps.clock.now()));
    request.desk = asserted.desk;
    request.personHash = asserted.personHash;
  });
}

/** The desk that signed the request. */
export function deskOf(request: FastifyRequest): DeskId {
  if (request.desk === null) throw new Refused(refusing(401, 'auth.missing', 'Authorization', 'is needed'));
  return request.desk;
}
