import { type Session } from '../../shared/bridge/session.ts';
import { type Role } from '../../shared/events/vocabulary.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Sessions } from '../ports/sessions.ts';
import { refuse } from './faults.ts';

type Person = Session['person'];

const PEOPLE: Readonly<Record<Role, Person>> = {
  adviser: { id: 'demo-handler', role: 'adviser', name: 'Sam Okafor (demonstration)' },
  clinician: { id: 'demo-clinician', role: 'clinician', name: 'Asha Bell (demonstration)' },
  supervisor: { id: 'demo-supervisor', role: 'supervisor', name: 'Morgan Reid (demonstration)' },
};

const NO_ISSUER = refuse('session.noIssuer', 'issuer', 'this desk is a demonstration: nobody has an account');

/**
 * The development profile: invented people who need no account, and the screen says so (`kind`). One of them is signed
 * in at every start of the program. Nothing locks: there is nobody to unlock it.
 */
export function developmentSessions(role: Role): Sessions {
  let current: Session | undefined = { person: PEOPLE[role], kind: 'development' };
  const noIssuer = (): Promise<Result<never, Fault>> => Promise.resolve(NO_ISSUER);
  return {
    current: () => current,
    ready: () => Promise.resolve(),
    people: () => Object.values(PEOPLE),
    ways: () => ({ kind: 'development', offline: 'never' }),
    signIn(id) {
      if (current !== undefined) {
        if (current.person.id === id) return ok(current);
        return refuse('session.taken', 'person', 'somebody else is signed in at this desk');
      }
      const person = Object.values(PEOPLE).find((one) => one.id === id);
      if (person === undefined) return refuse('session.unknownPerson', 'person', 'is not known at this desk');
      current = { person, kind: 'development' };
      return ok(current);
    },
    signOut() {
      current = undefined;
      return Promise.resolve();
    },
    begin: noIssuer,
    finish: noIssuer,
    offline: noIssuer,
    keepOffline: noIssuer,
    lock: () => NO_ISSUER,
    start: () => undefined,
    stop: () => Promise.resolve(),
  };
}
