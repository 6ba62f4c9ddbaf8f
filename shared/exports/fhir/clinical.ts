import { whenOf } from '../../call/paper.ts';
import { chosenRoute, consentNow, handoverNow } from '../../call/facts.ts';
import { type Picture } from '../../call/picture.ts';
import { type Content } from '../../content/schema.ts';
import { type UrgencyCode } from '../../events/vocabulary.ts';
import { type Person, personOf, safeToRingText } from '../person.ts';
import { lineText, type Sbar, type SbarSection } from '../sbar/model.ts';
import { type People } from './administrative.ts';
import { type Making } from './referral-message.ts';
import { BARS, coded, narrative, pointTo, type Resource } from './resource.ts';

/** How soon somebody responds, in FHIR's words. Never a property of the person. */
const PRIORITY: Readonly<Record<UrgencyCode, string>> = {
  '1': 'stat',
  '4': 'asap',
  '2': 'urgent',
  '3': 'routine',
};

/** The request, what was said, what is to happen, consent and flags. */
export function clinical(
  picture: Picture,
  content: Content,
  card: Sbar,
  people: People,
  making: Making,
): { readonly request: Resource; readonly others: readonly Resource[] } {
  const { uuid, made } = making;
  const when = new Date(made).toISOString();
  const answers = answersOf(card, people, uuid(), when);
  const plan = planOf(card, people, uuid(), when);
  const consent = consentOf(picture, card, people, uuid(), when);
  const flags = flagsOf(personOf(picture, content), card, people, uuid);
  const chosen = chosenRoute(picture);
  const promised = handoverNow(picture)?.sent.data.promisedBy;
  const title = content.route(chosen?.data.route ?? '')?.title ?? card.to;
  const request: Resource = {
    resourceType: 'ServiceRequest',
    id: uuid(),
    identifier: [{ system: 'urn:lantern:call', value: making.call }],
    status: 'active',
    intent: 'plan',
    category: [coded(BARS.useCase, 'referral'), { text: title }],
    ...(chosen === undefined ? {} : { priority: PRIORITY[chosen.data.urgency] }),
    subject: pointTo(people.patient),
    encounter: pointTo(people.encounter),
    ...(promised === undefined ? {} : { occurrencePeriod: { end: new Date(promised).toISOString() } }),
    authoredOn: when,
    requester: pointTo(people.role),
    performer: [pointTo(people.service)],
    supportingInfo: [answers, plan, consent, ...flags].map(pointTo),
    ...(chosen?.data.choice === undefined ? {} : { patientInstruction: chosen.data.choice }),
  };
  return { request, others: [answers, plan, consent, ...flags] };
}

/** Every line of the card as a question and its answer. "Not known" is an answer here, so that it is never a no. */
function answersOf(card: Sbar, people: People, id: string, when: string): Resource {
  return {
    resourceType: 'QuestionnaireResponse',
    id,
    status: 'completed',
    subject: pointTo(people.patient),
    encounter: pointTo(people.encounter),
    authored: when,
    author: pointTo(people.role),
    item: card.sections
      .filter((section) => section.id !== 'response')
      .map((section) => ({ linkId: section.id, text: section.title, item: itemsOf(section) })),
  };
}

const itemsOf = (section: SbarSection) =>
  section.lines.map((line, index) => ({
    linkId: `${section.id}.${index + 1}`,
    text: line.label,
    answer: [{ valueString: lineText(line) || 'Nothing was written' }],
  }));

function planOf(card: Sbar, people: People, id: string, when: string): Resource {
  const lines = card.sections.find((section) => section.id === 'response')?.lines ?? [];
  return {
    resourceType: 'CarePlan',
    id,
    status: 'active',
    intent: 'plan',
    title: 'What was agreed, and what is asked',
    subject: pointTo(people.patient),
    encounter: pointTo(people.encounter),
    created: when,
    author: pointTo(people.role),
    activity: lines.map((line) => ({
      detail: { status: 'scheduled', description: `${line.label}: ${lineText(line)}` },
    })),
  };
}

/** For direct care only, and on whose word. */
function consentOf(picture: Picture, card: Sbar, people: People, id: string, when: string): Resource {
  const consent = consentNow(picture);
  return {
    resourceType: 'Consent',
    id,
    status: 'active',
    scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [coded('http://loinc.org', '59284-0')],
    patient: pointTo(people.patient),
    dateTime: consent === undefined ? when : new Date(whenOf(picture, consent)).toISOString(),
    organization: [pointTo(people.sender)],
    policy: [{ uri: 'https://www.gov.uk/government/publications/the-common-law-duty-of-confidentiality' }],
    provision: {
      type: 'permit',
      purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'PATRQT' }],
    },
    text: {
      status: 'additional',
      div: narrative(
        [card.sharing.say, card.sharing.keptBack].filter((part) => part !== undefined).join(' '),
      ),
    },
  };
}

/** Any safeguarding concern travels with the referral, and so does a number that may not be safe to ring. */
function flagsOf(person: Person, card: Sbar, people: People, uuid: () => string): readonly Resource[] {
  const flag = (category: ReturnType<typeof coded>, text: string): Resource => ({
    resourceType: 'Flag',
    id: uuid(),
    status: 'active',
    category: [category],
    code: { text },
    subject: pointTo(people.patient),
    encounter: pointTo(people.encounter),
    author: pointTo(people.sender),
  });
  const lines = card.sections.find((section) => section.id === 'safeguarding')?.lines ?? [];
  return [
    ...lines.map((line) => flag(coded(BARS.flags, 'SG', 'Safeguarding'), `${line.label}: ${lineText(line)}`)),
    ...(person.number === undefined || person.safeToRing === 'yes'
      ? []
      : [
          flag(coded(BARS.flags, 'API', 'Additional information'), `Their number: ${safeToRingText(person)}`),
        ]),
  ];
}
