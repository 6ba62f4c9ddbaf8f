import { z } from 'zod';
import { callId } from '../../shared/ids.ts';
import { callEventsPage, refusal } from '../../shared/sync/protocol.ts';
import { readCallEvents } from '../db/stream-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { paging } from './paging.ts';

export function callRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/calls/:call/events',
    schema: {
      summary: 'Everything acknowledged for a call, from every desk, in the hub’s order',
      security: [{ desk: [] }],
      params: z.object({ call: callId }),
      querystring: paging,
      response: { 200: callEventsPage, '4xx': refusal, '5xx': refusal },
    },
    handler: async (request) => {
      const { after, limit } = request.query;
      const found = await readCallEvents(deps.pool, request.params.call, after, limit + 1);
      const events = found.slice(0, limit);
      return { events, next: found.length > limit ? (events.at(-1)?.position ?? null) : null };
    },
  });
}
