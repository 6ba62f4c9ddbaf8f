import { type PersonRole, personRole } from '../../shared/identity/roles.ts';
import { role } from '../../shared/events/vocabulary.ts';

/**
 * WHO MAY USE WHICH ROUTE. A route without a line here ends the start of the hub.
 * `open`: anybody who reaches the hub. `own`: the route checks a credential of its own. `desk`: an enrolled desk,
 * whoever sits at it: whatever brings in events must never wait for a person. `person`: an enrolled desk with somebody
 * signed in who has one of these roles.
 */
export type Access =
  | { readonly kind: 'open' | 'own' | 'desk' }
  | { readonly kind: 'person'; readonly roles: readonly PersonRole[] };

const OPEN: Access = { kind: 'open' };
const OWN: Access = { kind: 'own' };
const DESK: Access = { kind: 'desk' };
/** Those who take calls. */
const CALLS: Access = { kind: 'person', roles: role.options };
const ANYBODY: Access = { kind: 'person', roles: personRole.options };

export const ACCESS: Readonly<Record<string, Access>> = {
  'GET /v1/health/live': OPEN,
  'GET /v1/health/ready': OPEN,
  'GET /v1/health/counts': OPEN,
  'GET /v1/openapi.json': OPEN,
  // The code that works once.
  'POST /v1/desks': OWN,

  // A receiver's system signs what it answers; the page is opened by its signed link.
  'GET /v1/referrals/keys': OPEN,
  'POST /v1/referrals/:referral/answer': OWN,
  'GET /receive.css': OPEN,
  'GET /receive/:link': OWN,
  'POST /receive/:link/open': OWN,
  'POST /receive/:link/acknowledge': OWN,
  'POST /receive/:link/decline': OWN,

  'POST /v1/streams/:stream/events': DESK,
  'GET /v1/streams/:stream': DESK,
  'GET /v1/streams/:stream/flags': DESK,
  'GET /v1/streams/:stream/quarantine': DESK,
  'POST /v1/streams/:stream/claim': DESK,
  // A call in progress does not lose its lease because somebody's token ran out.
  'GET /v1/calls/:call/lease': DESK,
  'POST /v1/calls/:call/lease/renew': DESK,
  'POST /v1/calls/:call/lease/release': DESK,
  // Services and what desks found out about them: nothing of a caller.
  'GET /v1/directory': DESK,
  'GET /v1/directory/flags': DESK,
  'POST /v1/directory/reports': DESK,

  'POST /v1/session': ANYBODY,
  'GET /v1/calls': CALLS,
  'GET /v1/referrals': CALLS,
  'GET /v1/calls/:call/events': CALLS,
  'POST /v1/calls/:call/lease': CALLS,
};

/** The line for a route; a HEAD is as its GET. Throws when there is none: that is a bug, found at every start. */
export function accessOf(method: string, url: string): Access {
  const key = `${method === 'HEAD' ? 'GET' : method} ${url}`;
  const found = Object.hasOwn(ACCESS, key) ? ACCESS[key] : undefined;
  if (found === undefined) throw new Error(`${key} has no line in hub/people/access.ts`);
  return found;
}
