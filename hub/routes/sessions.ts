import { refusal, sessionRequest, sessionResponse } from '../../shared/sync/protocol.ts';
import { deskOf } from '../auth/desks-only.ts';
import { lastPolicy, writeAudit } from '../db/audit-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';

export function sessionRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/session',
    schema: {
      summary: 'Tells the hub who sits at the desk now, and under which policy',
      security: [{ desk: [] }],
      body: sessionRequest,
      response: { 200: sessionResponse, '4xx': refusal, '5xx': refusal },
    },
    handler: async (request) => {
      const { policy } = request.body;
      const desk = deskOf(request);
      if (policy !== undefined && (await lastPolicy(deps.pool, desk)) !== policy) {
        const person = request.person?.id;
        await writeAudit(deps.pool, {
          at: deps.clock.now(),
          kind: 'policyChanged',
          desk,
          person,
          detail: policy,
        });
      }
      return { known: request.person !== null };
    },
  });
}
