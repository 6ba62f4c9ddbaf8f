import { z } from 'zod';
import { callId } from '../../shared/ids.ts';
import { callHolder, lease, leaseRequest, leaseUse, refusal } from '../../shared/sync/protocol.ts';
import { deskOf } from '../auth/desks-only.ts';
import { readCallState } from '../db/lease-rows.ts';
import { writeAudit } from '../db/audit-rows.ts';
import { readDeskName } from '../db/team-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { giveBack, grant, renew } from '../leases/leases.ts';
import { supervisorOnly } from '../people/gate.ts';
import { orRefuse } from '../refused.ts';

const params = z.object({ call: callId });
const security = [{ desk: [] }];
const refusals = { '4xx': refusal, '5xx': refusal } as const;

export function leaseRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/calls/:call/lease',
    schema: {
      summary: 'Which desk has a call',
      security,
      params,
      response: { 200: callHolder, ...refusals },
    },
    handler: async (request) => {
      const { call } = request.params;
      const state = await readCallState(deps.pool, call);
      const desk = state?.desk ?? null;
      const deskName = desk === null ? null : await readDeskName(deps.pool, desk);
      return { call, desk, deskName, lease: state?.lease ?? null };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/calls/:call/lease',
    schema: {
      summary: 'Asks to continue a call at this desk; with a reason while another desk has it',
      security,
      params,
      body: leaseRequest,
      response: { 200: lease, ...refusals },
    },
    handler: async (request) => {
      const { call } = request.params;
      const { takeOver } = request.body;
      if (takeOver === 'supervisor') supervisorOnly(deps, request.person);
      const desk = deskOf(request);
      const now = deps.clock.now();
      const granted = orRefuse(await grant(deps.pool, { call, desk, takeOver, now }));
      if (takeOver !== undefined && granted.grantedAt === now) {
        const person = request.person?.id;
        await writeAudit(deps.pool, { at: now, kind: 'tookOver', desk, person, call, detail: takeOver });
      }
      return granted;
    },
  });

  for (const [path, run, summary] of [
    ['renew', renew, 'Keeps a call for longer'],
    ['release', giveBack, 'Gives a call back: the next desk has it without a reason'],
  ] as const) {
    app.route({
      method: 'POST',
      url: `/v1/calls/:call/lease/${path}`,
      schema: { summary, security, params, body: leaseUse, response: { 200: lease, ...refusals } },
      handler: async (request) => {
        const { call } = request.params;
        const { fence } = request.body;
        const desk = deskOf(request);
        const now = deps.clock.now();
        const used = orRefuse(await run(deps.pool, { call, desk, fence, now }));
        if (path === 'release')
          await writeAudit(deps.pool, { at: now, kind: 'gaveBack', desk, person: request.person?.id, call });
        return used;
      },
    });
  }
}
