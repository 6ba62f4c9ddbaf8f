import { z } from 'zod';
import { streamId } from '../../shared/ids.ts';
import { claimRequest, refusal, streamHead } from '../../shared/sync/protocol.ts';
import { claimStream } from '../auth/claim.ts';
import { deskOf } from '../auth/desks-only.ts';
import { readStream } from '../db/stream-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { orRefuse } from '../refused.ts';

export function claimRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/streams/:stream/claim',
    schema: {
      summary: 'Makes a stream this desk’s own, on proof of the key of the desk it was',
      security: [{ desk: [] }],
      params: z.object({ stream: streamId }),
      body: claimRequest,
      response: { 200: streamHead, '4xx': refusal, '5xx': refusal },
    },
    handler: async (request) => {
      const { stream } = request.params;
      const { proof } = request.body;
      orRefuse(await claimStream(deps.pool, { stream, desk: deskOf(request), proof, now: deps.clock.now() }));
      const found = await readStream(deps.pool, stream);
      return { stream, acked: found?.acked ?? 0, hash: found?.headHash ?? null };
    },
  });
}
