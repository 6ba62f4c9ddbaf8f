import { type Session } from '../../shared/bridge/contract.ts';

/**
 * Who is signed in at this desk. The development profile signs in one invented handler and says so on screen
 * (`kind`); people sign in by OIDC once the live profile exists.
 */
export const developmentSession: Session = {
  person: { id: 'demo-handler', role: 'adviser', name: 'Sam Okafor (demonstration)' },
  kind: 'development',
};
