import { chosenRoute, handoverNow } from '../../call/facts.ts';
import { type Picture } from '../../call/picture.ts';
import { type Content } from '../../content/schema.ts';
import { type CallId } from '../../ids.ts';
import { type Problem } from '../../problem.ts';
import { err, ok, type Result } from '../../result.ts';
import { type UtcMs } from '../../time.ts';
import { sbar } from '../sbar/sbar.ts';
import { administrative, type Parties } from './administrative.ts';
import { clinical } from './clinical.ts';
import { BARS, coded, pointTo, type Resource } from './resource.ts';

export type { Parties };

/** Everything a message needs beside the call: who sends, when, and ids that nobody can guess or repeat. */
export interface Making {
  readonly call: CallId;
  readonly parties: Parties;
  readonly made: UtcMs;
  /** A new UUID each time it is asked. */
  readonly uuid: () => string;
}

const TEST_DATA = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
};

export interface Bundle {
  readonly resourceType: 'Bundle';
  readonly id: string;
  readonly type: 'message';
  /** A demonstration says that it is one, in the words every FHIR system knows. */
  readonly meta?: { readonly security: readonly object[] };
  readonly timestamp: string;
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}

/**
 * The hand-over of the chosen route as a FHIR R4 message in the shape of the Booking and Referral Standard
 * (servicerequest-request). We claim the shape, not conformance: the standard has no use case for a crisis line.
 *
 * It says what the hand-over card says to the same receiver and nothing more; every answer that is not known is there
 * as such. No NHS number: Lantern traces none. Refused without a chosen route, and while nothing may be shared (G9).
 */
export function referralMessage(picture: Picture, content: Content, making: Making): Result<Bundle, Problem> {
  const route = chosenRoute(picture);
  if (route === undefined)
    return err({ code: 'export.noRoute', field: 'route', message: 'no route is chosen' });
  const card = sbar(picture, content);
  if (card.sharing.state === 'notShared')
    return err({ code: 'export.notShared', field: 'consent', message: card.sharing.say });

  const people = administrative(picture, content, card, making);
  const facts = clinical(picture, content, card, people, making);
  const sent = handoverNow(picture)?.sent;
  const header: Resource = {
    resourceType: 'MessageHeader',
    id: making.uuid(),
    eventCoding: { system: BARS.events, code: 'servicerequest-request' },
    destination: [
      {
        endpoint: making.parties.receiverEndpoint,
        receiver: pointTo(people.receiver),
        ...(sent === undefined ? {} : { name: sent.data.to }),
      },
    ],
    sender: pointTo(people.sender),
    author: pointTo(people.role),
    source: { name: making.parties.sender.name, endpoint: making.parties.senderEndpoint },
    responsible: pointTo(people.sender),
    reason: coded(BARS.reasons, 'new'),
    focus: [pointTo(facts.request)],
  };
  const resources = [header, facts.request, ...people.all, ...facts.others];
  return ok({
    resourceType: 'Bundle',
    id: making.uuid(),
    type: 'message',
    ...(content.manifest.status === 'demonstration' ? { meta: { security: [TEST_DATA] } } : {}),
    timestamp: new Date(making.made).toISOString(),
    entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
  });
}
