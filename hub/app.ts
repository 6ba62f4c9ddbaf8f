import swagger from '@fastify/swagger';
import Fastify, { type FastifyRequest, LogController } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemOf } from '../shared/problem.ts';
import { CODES, PROTOCOL_VERSION } from '../shared/sync/protocol.ts';
import { desksOnly } from './auth/desks-only.ts';
import { createCounters } from './counters.ts';
import { type HubApp, type HubDeps } from './deps.ts';
import { answerError, answerNotFound } from './error-handler.ts';
import { readBody } from './intake/body.ts';
import { createHubKeys } from './referrals/keys.ts';
import { orRefuse, Refused, refusing } from './refused.ts';
import { callRoutes } from './routes/calls.ts';
import { deskRoutes } from './routes/desks.ts';
import { directoryRoutes } from './routes/directory.ts';
import { healthRoutes } from './routes/health.ts';
import { accessOf } from './people/access.ts';
import { peopleAtDesks } from './people/gate.ts';
import { claimRoutes } from './routes/claims.ts';
import { leaseRoutes } from './routes/leases.ts';
import { openapiRoute } from './routes/openapi.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { receivePage } from './routes/receive-page.ts';
import { deskReferralRoutes, receiverRoutes } from './routes/referrals.ts';
import { streamRoutes } from './routes/streams.ts';
import { teamRoutes } from './routes/team.ts';

/** A connection without a request is kept for longer than a desk's heartbeat takes (ms). */
const KEEP_ALIVE_MS = 20_000;
/** How often Node looks for senders that are too slow (ms); its own 30 s would make every limit 30 s longer. */
const LOOK_EVERY_MS = 1_000;

/** The hub's HTTP application, not yet listening, so that tests can send it requests directly. */
export async function buildApp(deps: HubDeps): Promise<HubApp> {
  const app = Fastify({
    loggerInstance: deps.log,
    // Its own lines carry addresses and messages; ours are below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: deps.limits.maxBodyBytes,
    // A link to a receiver's page is a signed token.
    routerOptions: { maxParamLength: 1_000 },
    requestTimeout: deps.limits.requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: deps.limits.headersMs, connectionsCheckingInterval: LOOK_EVERY_MS },
    // We answer in our own words while closing: see below.
    return503OnClosing: false,
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(({ schema }) => validate(schema as z.ZodType));
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  app.decorate('counters', createCounters());
  app.decorateRequest('desk', null);
  app.decorateRequest('personHash', undefined);
  app.decorateRequest('person', null);
  app.decorateRequest('bodyText', '');
  // Every route says who may use it, or the hub does not start.
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) accessOf(one, url);
  });
  readJsonBodies(app, deps);
  refuseWhileClosing(app);
  logOutcomes(app);
  await app.register(swagger, { openapi: OPENAPI, transform: jsonSchemaTransform });

  const keys = createHubKeys(deps.pool, () => deps.clock.now());
  // Open to anybody: is it up, what does it speak; enrolment, which has its own code; receivers, who sign what they answer.
  await app.register(async (open: HubApp) => {
    healthRoutes(open, deps);
    openapiRoute(open);
    deskRoutes(open, deps);
    receiverRoutes(open, deps, keys);
  });
  // Pages for people: they read forms, and answer in words.
  await app.register(async (pages: HubApp) => receivePage(pages, deps, keys));
  // Everything else: enrolled desks only. A route added here cannot forget it.
  await app.register(async (closed: HubApp) => {
    desksOnly(closed, deps);
    peopleAtDesks(closed, deps);
    sessionRoutes(closed, deps);
    streamRoutes(closed, deps);
    callRoutes(closed, deps);
    leaseRoutes(closed, deps);
    claimRoutes(closed, deps);
    teamRoutes(closed, deps);
    directoryRoutes(closed, deps);
    deskReferralRoutes(closed, deps, keys);
  });
  return app;
}

const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Lantern hub',
    version: '1',
    description: 'Takes in call events from desks and keeps them.',
  },
  components: {
    securitySchemes: {
      desk: { type: 'http' as const, scheme: 'bearer', bearerFormat: 'JWT' },
      receiver: { type: 'http' as const, scheme: 'bearer', bearerFormat: 'JWT' },
    },
  },
};

/** A part of a request against its schema. The first thing wrong is the refusal, naming the field, not the value. */
function validate(schema: z.ZodType) {
  return (input: unknown): { value: unknown } | { error: Error } => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return { value: parsed.data };
    const tooMany = parsed.error.issues.some(
      (issue) => issue.code === 'too_big' && issue.path[0] === 'events',
    );
    const otherProtocol = parsed.error.issues.some((issue) => issue.path.join() === 'v');
    if (otherProtocol) return { error: new Refused(OTHER_PROTOCOL) };
    const problem = problemOf(tooMany ? 'request.tooLarge' : 'request.invalid', parsed.error);
    return { error: new Refused({ status: tooMany ? 413 : 400, problem }) };
  };
}

const OTHER_PROTOCOL = refusing(
  400,
  CODES.otherProtocol,
  'v',
  `must be ${PROTOCOL_VERSION}: desk and hub are of different versions, and events wait at the desk`,
);

function readJsonBodies(app: HubApp, deps: HubDeps): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      const encoding = request.headers['content-encoding'];
      const body = orRefuse(await readBody(bytes, encoding, deps.limits.maxBodyBytes));
      request.bodyText = body.text;
      return body.value;
    },
  );
}

function refuseWhileClosing(app: HubApp): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async () => {
    if (!closing) return;
    throw new Refused({ ...refusing(503, 'hub.closing', '(whole)', 'the hub is stopping'), retryAfterS: 5 });
  });
}

/** Method, route pattern, status and time. No address as it was asked, no header, no body. */
function logOutcomes(app: HubApp): void {
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'warn' : reply.statusCode >= 400 ? 'info' : 'debug';
    const route = request.routeOptions.url ?? '(none)';
    const ms = Math.round(reply.elapsedTime);
    request.log[level]({ method: request.method, route, status: reply.statusCode, ms }, 'answered');
  });
}
