import { createServer as createSecure } from 'node:https';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { type SecureVersion } from 'node:tls';
import { onTestFinished } from 'vitest';
import { type Certified } from './certificates.ts';

export interface TlsHub {
  readonly port: number;
  /** Requests that got through TLS. */
  readonly asked: string[];
}

/** A real TLS server on 127.0.0.1 that answers every request with `{"live":true}`, or with a redirect. */
export async function tlsHub(
  { cert, key }: Certified,
  options: { readonly only?: SecureVersion; readonly redirect?: string } = {},
): Promise<TlsHub> {
  const asked: string[] = [];
  const { only, redirect } = options;
  // Level 0, because OpenSSL itself no longer offers what is older than 1.2.
  const versions =
    only === undefined ? {} : { minVersion: only, maxVersion: only, ciphers: 'DEFAULT@SECLEVEL=0' };
  const server = createSecure({ cert, key, ...versions }, (request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (redirect !== undefined) return void response.writeHead(307, { location: redirect }).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"live":true}');
  });
  server.on('tlsClientError', () => undefined);
  return { port: await listen(server), asked };
}

export interface SmallProxy {
  readonly address: string;
  /** Names and ports that were asked for, with what came as credentials. */
  readonly asked: { readonly to: string; readonly authorization: string | undefined }[];
}

/** A real HTTP proxy that knows CONNECT alone; every name leads to `port` on this computer. */
export async function smallProxy(
  port: number,
  options: { readonly password?: true } = {},
): Promise<SmallProxy> {
  const asked: { to: string; authorization: string | undefined }[] = [];
  const server = createServer((_request, response) => void response.writeHead(405).end());
  server.on('connect', ({ url = '', headers }, client, head) => {
    asked.push({ to: url, authorization: headers['proxy-authorization'] });
    client.on('error', () => undefined);
    if (options.password === true)
      return void client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n',
      );
    const onward = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(client).pipe(onward);
    });
    onward.on('error', () => client.destroy());
    client.on('close', () => onward.destroy());
  });
  return { address: `http://127.0.0.1:${await listen(server)}`, asked };
}

/** Listens on a free port until the test is over; connections that are left then are cut. */
async function listen(server: Server & { closeAllConnections?: () => void }): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections?.();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
