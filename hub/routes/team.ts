import { refusal } from '../../shared/sync/protocol.ts';
import { callStanding, type TeamPage, teamPage } from '../../shared/sync/team.ts';
import { readCheckState } from '../db/call-rows.ts';
import { readStandings } from '../db/team-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';

/** More open calls than one list can be worked through with. */
const LIMIT = 500;

export function teamRoutes(app: HubApp, deps: HubDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/calls',
    schema: {
      summary:
        'Calls that are open or owe something, at every desk: times, whose, what is owed. Nothing that a caller said',
      security: [{ desk: [] }],
      response: { 200: teamPage, '4xx': refusal, '5xx': refusal },
    },
    handler: async (): Promise<TeamPage> => {
      const found = await readStandings(deps.pool, LIMIT + 1);
      const { waiting, unknownContent } = await readCheckState(deps.pool);
      const calls = found.slice(0, LIMIT).map(({ standing, ...row }) => ({
        ...row,
        // Only what was parsed is written; an older hub's form would be refused here, loudly.
        ...callStanding.parse(JSON.parse(standing)),
      }));
      return {
        at: deps.clock.now(),
        calls,
        notLookedThrough: waiting + unknownContent,
        isMore: found.length > LIMIT,
      };
    },
  });
}
