import { createHash } from 'node:crypto';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Result } from '../../../shared/result.ts';
import { CODES, PERSON_HEADER, PROTOCOL_VERSION, sessionResponse } from '../../../shared/sync/protocol.ts';
import { type PersonAtHub } from '../../ports/sessions.ts';
import { type DeskIdentity } from '../desk-identity.ts';
import { type HubRequest } from './request.ts';

/** What goes with a request: the desk's assertion, and the token of whoever sits at it, each naming the other. */
export async function proofs(
  identity: DeskIdentity,
  clockOff: number,
  person: PersonAtHub | undefined,
): Promise<Record<string, string>> {
  const token = person?.token();
  if (token === undefined) return { authorization: `Bearer ${await identity.assertion(clockOff)}` };
  const hash = createHash('sha256').update(token).digest('base64url');
  return { authorization: `Bearer ${await identity.assertion(clockOff, hash)}`, [PERSON_HEADER]: token };
}

/** A new token may be all that was wanting. */
export const isPersonStale = (code: string | undefined): boolean =>
  code === CODES.personExpired || code === CODES.personNeeded;

/**
 * Tells the hub once of each person and policy at this desk, as soon as it answers. What it does not take is said again
 * at the next sign of life; nothing waits for it.
 */
export function sessionTeller(
  person: PersonAtHub | undefined,
  ask: (request: HubRequest<{ known: boolean }>) => Promise<Result<{ known: boolean }, Fault>>,
): () => Promise<void> {
  let told = '';
  let asking = false;
  return async () => {
    const token = person?.token();
    if (person === undefined || token === undefined || asking) return;
    const policy = person.policy();
    const next = `${policy} ${token}`;
    if (told === next) return;
    asking = true;
    const body = { v: PROTOCOL_VERSION, policy };
    const answer = await ask({ method: 'POST', path: '/v1/session', body, answer: sessionResponse });
    asking = false;
    if (answer.ok) told = next;
  };
}
