import { z } from 'zod';
import { counts } from '../counters.ts';
import { readCheckState } from '../db/call-rows.ts';
import { migrationsCurrent } from '../db/migrate.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { describeError } from '../log.ts';

const readiness = z.strictObject({
  ready: z.boolean(),
  database: z.enum(['answers', 'away']),
  migrations: z.enum(['current', 'behind', 'unknown']),
  /** Calls not replayed yet, and calls whose content this hub does not have. */
  replay: z.strictObject({ waiting: z.int(), unknownContent: z.int() }),
});

export function healthRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/health/live',
    schema: { summary: 'The process is up', response: { 200: z.strictObject({ live: z.literal(true) }) } },
    handler: async () => ({ live: true as const }),
  });
  app.route({
    method: 'GET',
    url: '/v1/health/ready',
    schema: {
      summary: 'The database answers and has this hub’s schema',
      response: { 200: readiness, 503: readiness },
    },
    handler: async (_request, reply) => {
      const state = await readReadiness(deps);
      return reply.code(state.ready ? 200 : 503).send(state);
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/health/counts',
    schema: { summary: 'What this process has taken in, doubted and refused', response: { 200: counts } },
    handler: async () => app.counters.read(),
  });
}

async function readReadiness(deps: HubDeps): Promise<z.infer<typeof readiness>> {
  try {
    const current = await migrationsCurrent(deps.pool);
    const { waiting, unknownContent } = await readCheckState(deps.pool);
    return {
      ready: current,
      database: 'answers',
      migrations: current ? 'current' : 'behind',
      replay: { waiting, unknownContent },
    };
  } catch (error) {
    deps.log.warn({ error: describeError(error) }, 'not ready');
    const replay = { waiting: 0, unknownContent: 0 };
    return { ready: false, database: 'away', migrations: 'unknown', replay };
  }
}
