import { z } from 'zod';
import { callId, type CallId, type DeskId } from '../../shared/ids.ts';
import { callEventsPage, CODES, refusal } from '../../shared/sync/protocol.ts';
import { deskOf } from '../auth/desks-only.ts';
import { writeAudit } from '../db/audit-rows.ts';
import { hasWritten, readCallState } from '../db/lease-rows.ts';
import { readCallEvents } from '../db/stream-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { Refused, refusing } from '../refused.ts';
import { paging } from './paging.ts';

export function callRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/calls/:call/events',
    schema: {
      summary:
        'Everything acknowledged for a call, from every desk, in the hub’s order; for desks that have it or wrote in it',
      security: [{ desk: [] }],
      params: z.object({ call: callId }),
      querystring: paging,
      response: { 200: callEventsPage, '4xx': refusal, '5xx': refusal },
    },
    handler: async (request) => {
      const { after, limit } = request.query;
      const { call } = request.params;
      const desk = deskOf(request);
      await mayRead(deps, call, desk);
      // A desk reads here what others wrote: its own it has.
      if (after === 0) {
        const person = request.person?.id;
        await writeAudit(deps.pool, { at: deps.clock.now(), kind: 'readCall', desk, person, call });
      }
      const found = await readCallEvents(deps.pool, call, after, limit + 1);
      const events = found.slice(0, limit);
      return { events, next: found.length > limit ? (events.at(-1)?.position ?? null) : null };
    },
  });
}

/** Refuses a desk that neither has the call nor wrote in it: what a caller said is not for every desk. */
async function mayRead(deps: HubDeps, call: CallId, desk: DeskId): Promise<void> {
  const state = await readCallState(deps.pool, call);
  if (state === undefined || state.desk === desk || (await hasWritten(deps.pool, call, desk))) return;
  throw new Refused(
    refusing(403, CODES.leaseNeeded, 'call', 'is another desk’s: ask for a lease to continue it here'),
  );
}
