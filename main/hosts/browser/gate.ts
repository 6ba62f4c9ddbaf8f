import { createHmac } from 'node:crypto';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Clock } from '../../../shared/time.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { securityHeaders } from '../../services/content-policy.ts';
import { refusalOf } from './guard.ts';
import { notLetInPage, refusedPage } from './pages.ts';
import { SESSION_MS, sessionCookie } from './session-cookie.ts';

/** A page with an address of its own, the bridge behind it, and who has been let in to it. */
export interface Door {
  /** `/` or `/trainer.html`. */
  readonly page: string;
  readonly bridge: string;
  readonly cookie: (port: string) => string;
  readonly useToken: (token: string) => boolean;
}

export interface GateOptions {
  /** Signs the session cookie. */
  readonly secret: Uint8Array;
  readonly doors: readonly Door[];
  readonly clock: Clock;
  readonly log: Log;
}

/** What every request meets first: the guard, the token, the cookie. */
export function guardAll(app: FastifyInstance, options: GateOptions): void {
  const { clock, log, secret, doors } = options;
  // Signed apart, so that one door's cookie never opens another.
  const cookies = new Map(doors.map((door) => [door, sessionCookie(secretOf(secret, door), clock)]));

  app.addHook('onRequest', async (request, reply) => {
    const origin = originOf(app);
    reply.headers(securityHeaders([origin.replace('http:', 'ws:')]));
    const refused = refusalOf(factsOf(request), origin);
    if (refused !== undefined) {
      log.warn(refused);
      return sendPage(reply, refused.field === 'host' ? 421 : 403, refusedPage);
    }
    // Cookies do not know ports: the name keeps two desks on one computer apart.
    const { port } = new URL(origin);
    const isIn = (door: Door): boolean =>
      cookies.get(door)?.isGood(request.cookies[door.cookie(port)]) === true;
    const letIn = (door: Door): FastifyReply =>
      reply.setCookie(door.cookie(port), cookies.get(door)?.issue() ?? '', {
        httpOnly: true,
        sameSite: 'strict',
        path: '/',
        maxAge: SESSION_MS / 1000,
      });
    const { path, token } = addressOf(request);
    const door = doors.find(({ page, bridge }) => path === page || path === bridge);
    if (door !== undefined && path === door.page && token !== undefined) {
      if (!door.useToken(token)) return sendPage(reply, 403, notLetInPage);
      return letIn(door).header('cache-control', 'no-store').redirect(door.page, 303);
    }
    // What is behind no door of its own (scripts, styles) is for whoever came in by any.
    if (door === undefined ? !doors.some(isIn) : !isIn(door)) return sendPage(reply, 403, notLetInPage);
    // Any other path would be upgraded first and then hung up on.
    if (isUpgrade(request) && path !== door?.bridge) return sendPage(reply, 404, refusedPage);
    if (path === door?.page) letIn(door);
    return undefined;
  });
  app.setNotFoundHandler((_request, reply) => sendPage(reply, 404, refusedPage));
  app.setErrorHandler((error, _request, reply) => {
    log.error({ code: 'desk.requestFailed', message: 'a request failed', cause: causeOf(error) });
    return sendPage(reply, 500, refusedPage);
  });
}

const isUpgrade = ({ ws, headers }: Pick<FastifyRequest, 'ws' | 'headers'>): boolean =>
  ws || headers.upgrade !== undefined;

function factsOf({ method, headers, raw, ws }: FastifyRequest): Parameters<typeof refusalOf>[0] {
  const one = (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value.join() : value;
  };
  return {
    method,
    // Node keeps the first of several and says nothing; of two names one is somebody else's.
    host: raw.headersDistinct.host?.length === 1 ? headers.host : undefined,
    origin: headers.origin,
    fetchSite: one('sec-fetch-site'),
    fetchMode: one('sec-fetch-mode'),
    isUpgrade: isUpgrade({ ws, headers }),
  };
}

function addressOf(request: FastifyRequest): { path: string; token: string | undefined } {
  const base = 'http://127.0.0.1';
  // `//` is a path that is no URL; it names nothing here.
  if (!URL.canParse(request.url, base)) return { path: request.url, token: undefined };
  const { pathname, searchParams } = new URL(request.url, base);
  return { path: pathname, token: searchParams.get('token') ?? undefined };
}

const secretOf = (secret: Uint8Array, { page }: Door): Uint8Array =>
  page === '/' ? secret : createHmac('sha256', secret).update(page).digest();

/** The one address this host answers to. Known once it listens. */
export function originOf(app: FastifyInstance): string {
  const address = app.addresses()[0];
  return `http://127.0.0.1:${typeof address === 'object' ? address.port : 0}`;
}

export function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}
