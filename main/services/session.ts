import { type Session } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Role } from '../../shared/events/vocabulary.ts';
import { ok, type Result } from '../../shared/result.ts';
import { refuse } from './faults.ts';

type Person = Session['person'];

const PEOPLE: Readonly<Record<Role, Person>> = {
  adviser: { id: 'demo-handler', role: 'adviser', name: 'Sam Okafor (demonstration)' },
  clinician: { id: 'demo-clinician', role: 'clinician', name: 'Asha Bell (demonstration)' },
  supervisor: { id: 'demo-supervisor', role: 'supervisor', name: 'Morgan Reid (demonstration)' },
};

/** Who is signed in at this desk: one person or nobody, for every window of it. */
export interface Sessions {
  current(): Session | undefined;
  /** Who can be chosen at this desk. */
  people(): readonly Person[];
  /** Faults: `session.unknownPerson`; `session.taken` while somebody else is signed in. */
  signIn(person: string): Result<Session, Fault>;
  signOut(): void;
}

/**
 * The development profile: invented people who need no account, and the screen says so (`kind`). One of them is signed
 * in at every start of the program.
 */
export function developmentSessions(role: Role): Sessions {
  let current: Session | undefined = { person: PEOPLE[role], kind: 'development' };
  return {
    current: () => current,
    people: () => Object.values(PEOPLE),
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
    },
  };
}
