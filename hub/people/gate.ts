import { type FastifyRequest } from 'fastify';
import { type DeskId } from '../../shared/ids.ts';
import { CODES, PERSON_HEADER } from '../../shared/sync/protocol.ts';
import { deskOf } from '../auth/desks-only.ts';
import { writeAudit } from '../db/audit-rows.ts';
import { bindToken, seePerson } from '../db/people-rows.ts';
import { type HubApp, type HubDeps } from '../deps.ts';
import { orRefuse, Refused, refusing } from '../refused.ts';
import { accessOf } from './access.ts';
import { type PersonCheck, type VerifiedPerson } from './check.ts';

const FIELD = 'Lantern-Person';
/** Tokens whose desk is known, so that the database is asked once for each. More are asked about again. */
const REMEMBERED = 20_000;

/**
 * Asks on the routes of a person who sits at the desk. On routes of a desk a good token is noted and a bad one changes
 * nothing: events are never kept waiting for a person.
 */
export function peopleAtDesks(app: HubApp, deps: HubDeps): void {
  const { people } = deps;
  if (people === undefined) return;
  const known = new Map<string, DeskId>();

  app.addHook('onRequest', async (request) => {
    const { method, routeOptions } = request;
    const access = accessOf(method, routeOptions.url ?? '');
    const given = headerOf(request);
    if (access.kind !== 'person') {
      if (given !== undefined) request.person = await named(request, people, given);
      return;
    }
    if (given === undefined) throw new Refused(needed);
    const person = orRefuse(await people.check(given, request.personHash, deps.clock.now()));
    if (!(await isHere(request, person))) throw new Refused(notHere);
    if (!person.roles.some((one) => access.roles.includes(one))) {
      await writeAudit(deps.pool, {
        at: deps.clock.now(),
        kind: 'refused',
        desk: deskOf(request),
        person: person.id,
        detail: `${method} ${routeOptions.url ?? ''}`,
      });
      throw new Refused(wrongRole);
    }
    request.person = person;
  });

  async function named(
    request: FastifyRequest,
    check: PersonCheck,
    token: string,
  ): Promise<VerifiedPerson | null> {
    const checked = await check.check(token, request.personHash, deps.clock.now());
    return checked.ok && (await isHere(request, checked.value)) ? checked.value : null;
  }

  /** Whether the token is this desk's. The first desk that shows it has it, and the sign-in is written down. */
  async function isHere(request: FastifyRequest, person: VerifiedPerson): Promise<boolean> {
    const desk = deskOf(request);
    const { tokenSha256, expiresAt } = person;
    const remembered = known.get(tokenSha256);
    const bound =
      remembered === undefined
        ? await bindToken(deps.pool, { sha256: tokenSha256, desk, expiresAt })
        : { desk: remembered, isNew: false };
    if (known.size >= REMEMBERED) known.clear();
    known.set(tokenSha256, bound.desk);
    const at = deps.clock.now();
    if (bound.desk !== desk) {
      await writeAudit(deps.pool, { at, kind: 'tokenOfAnotherDesk', desk, person: person.id });
      return false;
    }
    if (bound.isNew) {
      await seePerson(deps.pool, { desk, person: person.id, roles: person.roles, at });
      const kind = isSignIn(person) ? 'signedIn' : 'tokenRenewed';
      await writeAudit(deps.pool, { at, kind, desk, person: person.id, detail: person.roles.join(' ') });
    }
    return true;
  }
}

/** A token made right after its person proved who they are; later ones are renewals. */
const SIGN_IN_MS = 120_000;
const isSignIn = ({ issuedAt, authenticatedAt }: VerifiedPerson): boolean =>
  authenticatedAt !== undefined && issuedAt - authenticatedAt <= SIGN_IN_MS;

function headerOf({ headers }: FastifyRequest): string | undefined {
  const given = headers[PERSON_HEADER];
  return typeof given === 'string' && given !== '' ? given : undefined;
}

const needed = refusing(401, CODES.personNeeded, FIELD, 'is needed here: somebody signs in at the desk');
const notHere = refusing(401, 'person.otherDesk', FIELD, 'belongs to a person at another desk');
const wrongRole = refusing(403, CODES.roleNeeded, FIELD, 'names a person whose role does not do this');
const stepUp = refusing(
  403,
  CODES.stepUpNeeded,
  FIELD,
  'needs a supervisor who has just proved again who they are',
);

/** For what only a supervisor does. In a demonstration nobody is asked. */
export function supervisorOnly(deps: HubDeps, person: VerifiedPerson | null): void {
  if (deps.people === undefined) return;
  if (person === null) throw new Refused(needed);
  if (!person.roles.includes('supervisor')) throw new Refused(wrongRole);
  if (!deps.people.hasSteppedUp(person, deps.clock.now())) throw new Refused(stepUp);
}
