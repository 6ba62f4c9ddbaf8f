// Serves the peers' pages, and is the server they send to: express-pouchdb on leveldb, and a plain push endpoint on
// the PostgreSQL at DATABASE_URL. BENCH_DATA is a folder for leveldb. Prints its address when it is ready.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import express from 'express';
import pg from 'pg';

const require = createRequire(import.meta.url);
const PouchDB = require('pouchdb-node').defaults({ prefix: join(process.env.BENCH_DATA, 'couch-') });
const couch = require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true });

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
await pool.query('DROP TABLE IF EXISTS peer_events');
await pool.query('CREATE TABLE peer_events (id text PRIMARY KEY, document text NOT NULL)');

const app = express();
app.use(express.static(join(import.meta.dirname, '../../../out/bench-peers')));
app.use('/couch', couch);
app.post('/push', express.json({ limit: '16mb' }), (request, response, next) => {
  const documents = request.body;
  // One statement, one COMMIT a batch; answered after it. Nothing conflicts: every document is new.
  const stored = pool.query(
    'INSERT INTO peer_events SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (id) DO NOTHING',
    [documents.map(({ id }) => id), documents.map((document) => JSON.stringify(document))],
  );
  void stored.then(() => response.json([])).catch(next);
});
const server = app.listen(0, '127.0.0.1', () =>
  console.log(`ready on http://127.0.0.1:${server.address().port}`),
);
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void pool.end().then(() => process.exit(0));
});
