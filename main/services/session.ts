import { type Session } from '../../shared/bridge/contract.ts';
import { type Role } from '../../shared/events/vocabulary.ts';

const PEOPLE: Readonly<Record<Role, Session['person']>> = {
  adviser: { id: 'demo-handler', role: 'adviser', name: 'Sam Okafor (demonstration)' },
  clinician: { id: 'demo-clinician', role: 'clinician', name: 'Asha Bell (demonstration)' },
  supervisor: { id: 'demo-supervisor', role: 'supervisor', name: 'Morgan Reid (demonstration)' },
};

/**
 * Who is signed in at this desk. The development profile signs in one invented person and says so on screen
 * (`kind`); people sign in by OIDC once the live profile exists.
 */
export const developmentSession = (role: Role): Session => ({ person: PEOPLE[role], kind: 'development' });
