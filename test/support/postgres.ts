import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestProject } from 'vitest/node';
import { type EmbeddedServer, startEmbedded } from '../../hub/db/embedded.ts';

/**
 * One real PostgreSQL for the whole test run. It is started when the first test file asks for it (over a small
 * loopback door, because test files run in processes of their own) and not at all in a run without database tests.
 */
declare module 'vitest' {
  interface ProvidedContext {
    /** Ask this address for the server's URL. */
    postgresDoor: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: Promise<{ server: EmbeddedServer; folder: string }> | undefined;
  const door = createServer((_request, response) => {
    running ??= start();
    running.then(
      ({ server }) => response.end(server.url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  project.provide('postgresDoor', await listen(door));

  return async () => {
    door.closeAllConnections();
    door.close();
    if (running === undefined) return;
    const { server, folder } = await running;
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function start(): Promise<{ server: EmbeddedServer; folder: string }> {
  const folder = await databaseFolder();
  const started = await startEmbedded(folder, () => {});
  if (!started.ok) throw new Error(`${started.error.field}: ${started.error.message}`);
  return { server: started.value, folder };
}

/** A fresh temporary folder that is not made yet, so that the hub makes it with the permissions it needs. */
export async function databaseFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lantern-pg-'));
  await rm(folder, { recursive: true });
  return folder;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address !== 'object' || address === null) return reject(new Error('no port'));
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}
