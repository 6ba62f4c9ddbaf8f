import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Timers } from '../../../shared/time.ts';
import { refuse } from '../faults.ts';

/** Where the issuer sends the browser back to: an address on this computer, for one sign-in (RFC 8252, 7.3). */
export interface Loopback {
  /** `http://127.0.0.1:<port>/callback`. */
  readonly redirect: string;
  /** The address that came back, for this `state`. Fault `session.timedOut` when none comes. */
  wait(state: string): Promise<Result<URL, Fault>>;
  close(): void;
}

/** A person types a password and finds a phone within this (ms). */
const WAIT_MS = 5 * 60_000;
const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>${title} – Lantern</title><h1>${title}</h1><p>${text}</p></html>`;
const DONE = page('Back to Lantern', 'You can close this tab. Lantern goes on in its own window.');
const NOT_HERE = page('Not from here', 'This address waits for one sign-in and answers nothing else.');

export async function openLoopback(timers: Timers, waitMs = WAIT_MS): Promise<Result<Loopback, Fault>> {
  let expected: { readonly state: string; readonly done: (answer: Result<URL, Fault>) => void } | undefined;
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000, maxHeaderSize: 16_384 });
  server.maxConnections = 16;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const address = addressOf(request, origin);
    const isOurs = address !== undefined && address.searchParams.get('state') === expected?.state;
    response.writeHead(isOurs ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(isOurs ? DONE : NOT_HERE);
    // Anything else on this computer may knock here; only the answer to our own question ends the wait.
    if (isOurs) expected?.done(ok(address));
  });
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, '127.0.0.1', () => resolve(true));
  });
  if (!listening) return refuse('session.unsafe', 'loopback', 'no address on this computer is free for it');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return ok({
    redirect: `${origin}/callback`,
    wait: (state) =>
      new Promise((resolve) => {
        const cancel = timers.after(waitMs, () =>
          done(refuse('session.timedOut', 'person', 'nobody came back from the sign-in page in time')),
        );
        const done = (answer: Result<URL, Fault>): void => {
          cancel();
          expected = undefined;
          // After the page has been sent.
          timers.after(200, close);
          resolve(answer);
        };
        expected = { state, done };
      }),
    close() {
      expected?.done(refuse('session.timedOut', 'person', 'another sign-in was begun'));
      close();
    },
  });
}

/** The address as asked, when it is a GET of ours under our own name: against DNS rebinding, as everywhere. */
function addressOf({ method, url, headers }: IncomingMessage, origin: string): URL | undefined {
  if (method !== 'GET' || `http://${headers.host ?? ''}` !== origin) return undefined;
  if (url === undefined || !URL.canParse(url, origin)) return undefined;
  const address = new URL(url, origin);
  return address.origin === origin && address.pathname === '/callback' ? address : undefined;
}
