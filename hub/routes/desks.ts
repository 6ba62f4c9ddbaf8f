import { enrolRequest, enrolResponse, refusal } from '../../shared/sync/protocol.ts';
import { enrol } from '../auth/enrol.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { orRefuse } from '../refused.ts';

/** A name is shown to people and kept in a database: no control characters. */
const body = enrolRequest.extend({
  name: enrolRequest.shape.name.regex(/^\P{Cc}*$/u, 'must not have control characters'),
});

export function deskRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/desks',
    schema: {
      summary: 'Enrols a desk with a code that works once',
      body,
      response: { 200: enrolResponse, '4xx': refusal, '5xx': refusal },
    },
    handler: async (request) => orRefuse(await enrol(deps.pool, request.body, deps.clock.now())),
  });
}
