import pg from 'pg';
import { buildApp } from './app.ts';
import { DEFAULT_LIMITS, UNNAMED_SENDER } from './deps.ts';
import { nodeDigest } from './digest.ts';
import { createLog } from './log.ts';

/** ENTRY of `npm run hub:openapi`: prints the description of the protocol. Connects to nothing. */
const app = await buildApp({
  // A pool connects at its first query, and describing asks none.
  pool: new pg.Pool(),
  clock: { now: () => Date.now() },
  digest: nodeDigest,
  limits: DEFAULT_LIMITS,
  sender: UNNAMED_SENDER,
  log: createLog('silent'),
  callsChanged: () => {},
});
await app.ready();
process.stdout.write(`${JSON.stringify(app.swagger(), null, 2)}\n`);
await app.close();
