import { startIdentityServer } from './server.ts';

/** ENTRY of the demonstration's identity server, beside `npm start`: `main.ts PORT CLIENT`. Exit 1: cannot run. */
const [port = '', clientId = ''] = process.argv.slice(2);

try {
  const server = await startIdentityServer({ port: Number(port), clientId });
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
  // Whoever started it waits for this line.
  process.stdout.write(`ready ${server.issuer.href}\n`);
} catch (error) {
  const why = error instanceof Error && 'code' in error ? String(error.code) : 'error';
  process.stderr.write(`Identity: cannot run (${why})\n`);
  process.exitCode = 1;
}
