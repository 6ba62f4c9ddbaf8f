import { chosenRoute } from '../../call/facts.ts';
import { lastOf, type Picture } from '../../call/picture.ts';
import { type Content } from '../../content/schema.ts';
import { callTimes } from '../call-times.ts';
import { nameAndAge, personOf } from '../person.ts';
import { type Sbar } from '../sbar/model.ts';
import { type Making } from './referral-message.ts';
import { narrative, pointTo, type Resource } from './resource.ts';

/** Who takes part, as the organisation has set it. Codes are ODS codes. */
export interface Parties {
  readonly sender: { readonly ods?: string; readonly name: string };
  readonly senderEndpoint: string;
  readonly receiver: { readonly ods?: string; readonly name: string };
  readonly receiverEndpoint: string;
  /** The HealthcareService the receiver runs, by its own id. */
  readonly serviceId?: string;
}

export interface People {
  readonly patient: Resource;
  readonly encounter: Resource;
  readonly sender: Resource;
  readonly receiver: Resource;
  readonly role: Resource;
  readonly service: Resource;
  readonly all: readonly Resource[];
}

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';

/** The person as far as they are known, the call as an encounter, both organisations, and whose word it is. */
export function administrative(picture: Picture, content: Content, card: Sbar, making: Making): People {
  const { parties, uuid } = making;
  const patient = patientOf(picture, content, uuid());
  const sender = organisation(parties.sender, uuid());
  const receiver = organisation(parties.receiver, uuid());
  const author = lastOf(picture, 'route.chosen')?.author;
  const practitioner: Resource = {
    resourceType: 'Practitioner',
    id: uuid(),
    active: true,
    identifier: [{ system: 'urn:lantern:handler', value: author?.id ?? 'not known' }],
  };
  const role: Resource = {
    resourceType: 'PractitionerRole',
    id: uuid(),
    active: true,
    practitioner: pointTo(practitioner),
    organization: pointTo(sender),
    code: [{ text: author?.role ?? 'not known' }],
  };
  const service: Resource = {
    resourceType: 'HealthcareService',
    id: uuid(),
    active: true,
    ...(parties.serviceId === undefined
      ? {}
      : { identifier: [{ system: 'urn:lantern:directory-service', value: parties.serviceId }] }),
    providedBy: pointTo(receiver),
    name: chosenRoute(picture)?.data.service ?? card.to,
  };
  const { answeredAt, closedAt } = callTimes(picture);
  const iso = (at: number): string => new Date(at).toISOString();
  const encounter: Resource = {
    resourceType: 'Encounter',
    id: uuid(),
    status: closedAt === undefined ? 'in-progress' : 'finished',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: 'VR',
      display: 'virtual',
    },
    identifier: [{ system: 'urn:lantern:call', value: making.call }],
    subject: pointTo(patient),
    serviceProvider: pointTo(sender),
    participant: [{ individual: pointTo(role) }],
    ...(answeredAt === undefined
      ? {}
      : {
          period: { start: iso(answeredAt), ...(closedAt === undefined ? {} : { end: iso(closedAt) }) },
        }),
  };
  const all = [patient, encounter, sender, receiver, practitioner, role, service];
  return { patient, encounter, sender, receiver, role, service, all };
}

function organisation(named: { readonly ods?: string; readonly name: string }, id: string): Resource {
  return {
    resourceType: 'Organization',
    id,
    active: true,
    ...(named.ods === undefined ? {} : { identifier: [{ system: ODS, value: named.ods }] }),
    name: named.name,
  };
}

/** One number, ranked first; where they are now, which need not be home. Their age is in the narrative: no birth date is asked. */
function patientOf(picture: Picture, content: Content, id: string): Resource {
  const person = personOf(picture, content);
  return {
    resourceType: 'Patient',
    id,
    active: true,
    name: [{ text: person.name ?? 'Name not known' }],
    ...(person.number === undefined
      ? {}
      : { telecom: [{ system: 'phone', value: person.number, use: 'mobile', rank: 1 }] }),
    ...(person.where === undefined
      ? {}
      : { address: [{ use: 'temp', type: 'physical', text: person.where }] }),
    text: { status: 'generated', div: narrative(nameAndAge(person)) },
  };
}
