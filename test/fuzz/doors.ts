import { type z } from 'zod';
import { readItem } from '../../hub/intake/read-item.ts';
import { nodeDigest } from '../../hub/digest.ts';
import { parsePolicyFile } from '../../main/services/policy/policy-file.ts';
import { readDeepLink } from '../../main/services/outside-calls.ts';
import { events, methods } from '../../shared/bridge/contract.ts';
import { parseFrame } from '../../shared/bridge/frames.ts';
import { parseTelephonyOffer } from '../../shared/bridge/telephony.ts';
import { parseEnvelope, understand } from '../../shared/events/event.ts';
import { directoryAnswer, reportsRequest, sharedFlags } from '../../shared/directory/exchange.ts';
import { streamId } from '../../shared/ids.ts';
import { callEventsPage, callHolder, lease, pushResponse, streamHead } from '../../shared/sync/protocol.ts';
import { teamPage } from '../../shared/sync/team.ts';
import { referralsPage } from '../../shared/referral/exchange.ts';
import { keptPeople } from '../../main/services/identity/people-file.ts';
import { settings } from '../../shared/policy/policy.ts';
import { importFeed } from '../../shared/directory/import.ts';
import { readPerson } from '../../shared/identity/claims.ts';
import { OWN_CODES } from '../../shared/identity/roles.ts';
import { resolvePolicy } from '../../shared/policy/resolve.ts';
import {
  claimRequest,
  enrolRequest,
  leaseRequest,
  leaseUse,
  pushRequest,
  sessionRequest,
} from '../../shared/sync/protocol.ts';
import { asText } from './inputs.ts';

/** A place where something from outside is read. It may refuse; it may not throw, and it may change nothing around it. */
export interface Door {
  readonly name: string;
  readonly read: (input: unknown) => unknown;
}

const ofSchema = (name: string, schema: z.ZodType): Door => ({
  name,
  read: (input) => schema.safeParse(input),
});
const stream = streamId.parse('01980000-0000-7000-8000-000000000001');

/** Every door there is; those that are async answer a promise. */
export const DOORS: readonly Door[] = [
  { name: 'a frame of the bridge', read: parseFrame },
  ...Object.entries(methods).map(([name, { input }]) => ofSchema(`the method ${name}`, input)),
  ...Object.entries(events).map(([name, schema]) => ofSchema(`the event ${name}`, schema)),
  { name: 'an envelope', read: readEnvelope },
  { name: 'an item of a batch', read: (input) => readItem(input, stream, 1, nodeDigest) },
  ...Object.entries({ pushRequest, enrolRequest, sessionRequest, claimRequest, leaseRequest, leaseUse }).map(
    ([name, schema]) => ofSchema(`the hub’s ${name}`, schema),
  ),
  ofSchema('the hub’s reports', reportsRequest),
  ...Object.entries({
    pushResponse,
    streamHead,
    lease,
    callHolder,
    callEventsPage,
    teamPage,
    referralsPage,
    directoryAnswer,
    sharedFlags,
  }).map(([name, schema]) => ofSchema(`the hub’s answer ${name}`, schema)),
  ofSchema('the settings on the disk', settings),
  ofSchema('the people on the disk', keptPeople),
  { name: 'a directory’s feed', read: (input) => importFeed(input, { kinds: {} }) },
  { name: 'the claims of a token', read: (input) => readPerson(input, OWN_CODES) },
  { name: 'a link', read: (input) => readDeepLink(`lantern://call?${asText(input)}`) },
  { name: 'a whole link', read: (input) => readDeepLink(asText(input)) },
  { name: 'an offer of the telephone system', read: parseTelephonyOffer },
  { name: 'a policy', read: readPolicy },
];

function readEnvelope(input: unknown): unknown {
  const read = parseEnvelope(input);
  return read.ok ? understand(read.value) : read;
}

function readPolicy(input: unknown): unknown {
  const machine = parsePolicyFile('policy.json', new TextEncoder().encode(asText(input)));
  return resolvePolicy({ machine, user: { kind: 'absent' }, environment: {}, person: {} });
}
