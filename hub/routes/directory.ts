import { z } from 'zod';
import {
  directoryAnswer,
  reportsRequest,
  reportsResponse,
  sharedFlags,
} from '../../shared/directory/exchange.ts';
import { refusal } from '../../shared/sync/protocol.ts';
import { deskOf } from '../auth/desks-only.ts';
import { readHead } from '../db/directory-rows.ts';
import { inOneStatement } from '../db/pool.ts';
import { insertReports, readFlags } from '../db/report-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { answerFrom } from '../directory/keep.ts';
import { Refused, refusing } from '../refused.ts';

const security = [{ desk: [] }];
const refusals = { '4xx': refusal, '5xx': refusal } as const;
const noDirectory = refusing(404, 'directory.none', '(whole)', 'this hub has no directory yet');

export function directoryRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/directory',
    schema: {
      summary:
        'The directory of services: whole, or what changed since the version the desk holds. 304 when If-None-Match names the present one',
      security,
      querystring: z.object({
        from: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
        madeAt: z.coerce.number().int().min(0).optional(),
      }),
      response: { 200: directoryAnswer, 304: z.null(), ...refusals },
    },
    handler: async (request, reply) => {
      const head = await readHead(deps.pool);
      if (head === undefined) throw new Refused(noDirectory);
      const tag = `"${head.version}-${head.madeAt}"`;
      void reply.header('ETag', tag).header('Cache-Control', 'no-cache');
      if (request.headers['if-none-match'] === tag) return reply.code(304).send(null);
      return answerFrom(deps.pool, head, request.query);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/directory/flags',
    schema: {
      summary: 'Services that cannot take anybody now: who said so, when, and until when it holds',
      security,
      response: { 200: sharedFlags, ...refusals },
    },
    handler: async () => ({ flags: await readFlags(deps.pool, deps.clock.now()) }),
  });

  app.route({
    method: 'POST',
    url: '/v1/directory/reports',
    schema: {
      summary:
        'What a desk found out about services: cannot take now, takes again, or an entry that is wrong',
      security,
      body: reportsRequest,
      response: { 200: reportsResponse, ...refusals },
    },
    handler: async (request) => {
      const { reports } = request.body;
      const desk = deskOf(request);
      await inOneStatement(deps.pool, (client) => insertReports(client, desk, reports, deps.clock.now()));
      return { kept: reports.map(({ id }) => id) };
    },
  });
}
