import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type DemonstrationPerson } from './people.ts';
import { demonstrationProvider } from './provider.ts';

export interface IdentityServer {
  readonly issuer: URL;
  close(): Promise<void>;
}

export interface IdentityServerOptions {
  /** 0 takes any free port: for tests. */
  readonly port: number;
  readonly clientId: string;
  readonly people?: readonly DemonstrationPerson[];
  readonly tokenS?: number;
  readonly rolesAtUserinfo?: true;
}

/** The demonstration's identity server on 127.0.0.1 and nowhere else. Rejects when the port is taken. */
export async function startIdentityServer(options: IdentityServerOptions): Promise<IdentityServer> {
  const { port, ...rest } = options;
  const server = createServer();
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${taken}`;
  const provider = await demonstrationProvider({ ...rest, issuer });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    // Against DNS rebinding: it answers under its own name alone.
    if (request.headers.host !== `127.0.0.1:${taken}`) response.writeHead(421).end();
    else void handle(request, response);
  });
  return {
    issuer: new URL(issuer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
