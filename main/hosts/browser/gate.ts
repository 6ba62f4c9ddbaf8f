import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Clock } from '../../../shared/time.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { securityHeaders } from '../../services/content-policy.ts';
import { refusalOf } from './guard.ts';
import { notLetInPage, refusedPage } from './pages.ts';
import { SESSION_MS, sessionCookie } from './session-cookie.ts';

export interface GateOptions {
  /** Signs the session cookie. */
  readonly secret: Uint8Array;
  readonly useToken: (token: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** What every request meets first: the guard, the token, the cookie. */
export function guardAll(app: FastifyInstance, options: GateOptions): void {
  const { clock, log, secret, useToken } = options;
  const cookies = sessionCookie(secret, clock);

  app.addHook('onRequest', async (request, reply) => {
    const origin = originOf(app);
    reply.headers(securityHeaders([origin.replace('http:', 'ws:')]));
    const refused = refusalOf(factsOf(request), origin);
    if (refused !== undefined) {
      log.warn(refused);
      return sendPage(reply, refused.field === 'host' ? 421 : 403, refusedPage);
    }
    // Cookies do not know ports: the name keeps two desks on one computer apart.
    const name = `lantern-desk-${new URL(origin).port}`;
    const letIn = (): FastifyReply =>
      reply.setCookie(name, cookies.issue(), {
        httpOnly: true,
        sameSite: 'strict',
        path: '/',
        maxAge: SESSION_MS / 1000,
      });
    const { path, token } = addressOf(request);
    if (path === '/' && token !== undefined) {
      if (!useToken(token)) return sendPage(reply, 403, notLetInPage);
      return letIn().header('cache-control', 'no-store').redirect('/', 303);
    }
    if (!cookies.isGood(request.cookies[name])) return sendPage(reply, 403, notLetInPage);
    if (path === '/') letIn();
    return undefined;
  });
  app.setNotFoundHandler((_request, reply) => sendPage(reply, 404, refusedPage));
  app.setErrorHandler((error, _request, reply) => {
    log.error({ code: 'desk.requestFailed', message: 'a request failed', cause: causeOf(error) });
    return sendPage(reply, 500, refusedPage);
  });
}

function factsOf({ method, headers, ws }: FastifyRequest): Parameters<typeof refusalOf>[0] {
  const one = (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value.join() : value;
  };
  return {
    method,
    host: headers.host,
    origin: headers.origin,
    fetchSite: one('sec-fetch-site'),
    fetchMode: one('sec-fetch-mode'),
    isUpgrade: ws || headers.upgrade !== undefined,
  };
}

function addressOf(request: FastifyRequest): { path: string; token: string | undefined } {
  const base = 'http://127.0.0.1';
  // `//` is a path that is no URL; it names nothing here.
  if (!URL.canParse(request.url, base)) return { path: request.url, token: undefined };
  const { pathname, searchParams } = new URL(request.url, base);
  return { path: pathname, token: searchParams.get('token') ?? undefined };
}

/** The one address this host answers to. Known once it listens. */
export function originOf(app: FastifyInstance): string {
  const address = app.addresses()[0];
  return `http://127.0.0.1:${typeof address === 'object' ? address.port : 0}`;
}

export function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}
