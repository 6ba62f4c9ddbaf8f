import { type FastifyRequest } from 'fastify';
import { type DeskId } from '../../shared/ids.ts';
import { readDesk } from '../db/desk-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { orRefuse, Refused, refusing } from '../refused.ts';
import { checkAssertion } from './assertion.ts';

/** Lets only enrolled desks through to this scope's routes. Before the body is read: strangers cost little. */
export function desksOnly(app: HubApp, deps: HubDeps): void {
  app.addHook('onRequest', async (request) => {
    const findDesk = (id: DeskId) => readDesk(deps.pool, id);
    request.desk = orRefuse(await checkAssertion(request.headers.authorization, findDesk, deps.clock.now()));
  });
}

/** The desk that signed the request. */
export function deskOf(request: FastifyRequest): DeskId {
  if (request.desk === null) throw new Refused(refusing(401, 'auth.missing', 'Authorization', 'is needed'));
  return request.desk;
}
