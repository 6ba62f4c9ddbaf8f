import { type Content } from '../../content/schema.ts';
import { type CallEvent } from '../../events/event.ts';
import { type NamedPerson, NO_ROUTE } from '../../events/vocabulary.ts';
import { declineWords, reasonTitle } from '../../referral/decline-reasons.ts';
import { isolated } from '../../typed.ts';
import { fieldsLine } from '../facts-text.ts';
import { dayAndTime } from '../london.ts';
import {
  callBackTitles,
  channelTitles,
  consentTitles,
  groundTitles,
  handoverHow,
  printedHow,
  printedWhat,
  quoted,
  saidByTitles,
  stageTitles,
  throughText,
  urgencyTitles,
} from '../words.ts';

/** What an event was, and what it says: complete, in the words it was recorded in. An answer's state stands beside it. */
export interface Described {
  readonly what: string;
  readonly says: string;
}

/** Each part keeps its own direction: a reason written from right to left does not move the name beside it. */
const say = (what: string, ...parts: readonly (string | undefined)[]): Described => ({
  what,
  says: parts
    .flatMap((part) => (part === undefined || part === '' ? [] : [part]))
    .map(isolated)
    .join(' · '),
});
/** Which of a person's places an area is of. */
const AREA_OF: Readonly<Record<string, string>> = {
  now: 'area where they are',
  home: 'area where they live',
  gp: 'area of their GP',
};
const named = ({ name, role }: NamedPerson): string => `${isolated(name)}, ${isolated(role)}`;
const said = (words: string | undefined): string | undefined =>
  words === undefined ? undefined : quoted(words);

export function describeEvent(event: CallEvent, content: Content): Described {
  const route = (id: string): string =>
    id === NO_ROUTE ? content.consult.withoutRoute : (content.route(id)?.title ?? id);
  const gate = (id: string): string => `${id} ${content.gate(id)?.title ?? ''}`.trim();
  switch (event.type) {
    case 'answer.recorded': {
      const { question: id, words, saidBy } = event.data;
      const question = content.question(id);
      return say(question?.short ?? id, fieldsLine(question, event), said(words), saidByTitles[saidBy]);
    }
    case 'note.added':
      return say('Note', event.data.text);
    case 'plan.recorded':
      return say(`Plan: ${headingOf(event.data.heading, content)}`, event.data.text);
    case 'entry.struck':
      return say(`Entry ${event.data.target.seq} struck through`, event.data.reason);
    case 'safeguarding.recorded': {
      const { about, concern, action, by } = event.data;
      const title = { yes: 'concern', no: 'no concern', notKnown: 'not known if there is a concern' }[
        concern
      ];
      return say('Safeguarding', about, title, action, named(by));
    }
    case 'call.offered':
      return say('Call offered', channelTitles[event.data.channel], event.data.number);
    case 'call.adapted':
      return say(
        'How they can talk',
        channelTitles[event.data.channel],
        `speaking: ${content.talk.manners[event.data.manner].title}`,
      );
    case 'call.closed': {
      const { outcome, summary } = event.data;
      return say(
        'Call closed',
        `${outcome} ${content.outcomes.find((item) => item.code === outcome)?.title ?? ''}`,
        summary,
      );
    }
    case 'stage.entered':
      return say('Stage', stageTitles[event.data.stage]);
    case 'task.opened':
      return say('Task', event.data.what, `owner ${event.data.owner}`, `due ${dayAndTime(event.data.dueAt)}`);
    case 'task.closed':
      return say(event.data.how === 'done' ? 'Task done' : 'Task not possible', event.data.words);
    case 'service.checked': {
      const { name, fits, checkedHow, areas } = event.data;
      const goneBy = Object.entries(areas ?? {}).map(([of, code]) => `${AREA_OF[of] ?? of}: ${code}`);
      const found = Object.entries(fits).map(
        ([what, fit]) => `${what}: ${fit === 'notKnown' ? 'not known' : fit}`,
      );
      return say('Service checked', name, ...found, ...goneBy, checkedHow);
    }
    case 'route.chosen': {
      const { service, urgency, choice } = event.data;
      return say('Route chosen', route(event.data.route), service, urgencyTitles[urgency], said(choice));
    }
    case 'route.withdrawn':
      return say('Route withdrawn', event.data.reason);
    case 'gate.overridden':
      return say(
        `Gate passed on a person’s word: ${gate(event.data.gate)}`,
        named(event.data.by),
        event.data.reason,
      );
    case 'consent.recorded':
      return say(
        'Consent to share',
        consentTitles[event.data.state],
        said(event.data.words),
        event.data.saidBy === undefined ? undefined : saidByTitles[event.data.saidBy],
      );
    case 'consent.overridden':
      return say(
        'Consent overridden',
        groundTitles[event.data.ground],
        named(event.data.by),
        event.data.reason,
      );
    case 'sayBack.recorded':
      return say(event.data.done ? 'Said back' : 'Not said back', event.data.words);
    case 'handover.sent': {
      const { to, how, promisedBy } = event.data;
      return say(
        'Hand-over sent',
        to,
        handoverHow[how],
        promisedBy === undefined ? undefined : `promised by ${dayAndTime(promisedBy)}`,
      );
    }
    case 'handover.acknowledged':
      return say(
        'Hand-over acknowledged',
        event.data.by,
        event.data.reference,
        throughText(event.data.through).replace(' · ', ''),
      );
    case 'handover.declined':
      return say(
        'Hand-over declined',
        event.data.by,
        event.data.code === undefined ? undefined : `${event.data.code} ${reasonTitle(event.data.code)}`,
        declineWords(event.data),
        throughText(event.data.through).replace(' · ', ''),
      );
    case 'handover.chased':
      return say('Hand-over chased', event.data.words);
    case 'copy.printed':
      return say(
        event.data.how === 'file' ? 'Given out' : 'Printed',
        printedWhat[event.data.what],
        printedHow[event.data.how],
      );
    case 'call.fromPaper': {
      const { takenBy, shiftFrom, shiftTo, form } = event.data;
      return say(
        'Entered from paper',
        `taken by ${named(takenBy)}`,
        `shift ${dayAndTime(shiftFrom)} to ${dayAndTime(shiftTo)}`,
        form === undefined ? undefined : `form ${form}`,
      );
    }
    case 'call.reopened':
      return say('Call opened again', named(event.data.by), event.data.reason);
    case 'emergency.handedOver': {
      const { reference, takenBy, action, expectedBy } = event.data;
      const there = expectedBy === undefined ? undefined : `there by ${dayAndTime(expectedBy)}`;
      return say('Emergency handed over', `reference ${reference}`, takenBy, action, there);
    }
    case 'emergency.contactConfirmed':
      return say('Somebody is with them', `said by ${event.data.by}`, event.data.words);
    case 'line.confirmed':
      return say('After a stop: the caller was still there');
    case 'emergency.refused':
      return say('Emergency refused', event.data.by, event.data.reason);
    case 'emergency.stoodDown':
      return say('Emergency stood down', named(event.data.by), event.data.reason);
    case 'line.dropped':
      return say('The line dropped', said(event.data.lastWords));
    case 'callBack.attempted':
      return say('Rang back', callBackTitles[event.data.result]);
    case 'callBack.decided':
      return say('Decision about a caller not reached', named(event.data.by), event.data.decision);
    case 'consult.requested':
      return say('Consult asked for', event.data.about);
    case 'consult.decided': {
      const { clinician, decision, gates = [], agreed = [], ruledOut = [] } = event.data;
      const list = (title: string, items: readonly string[]): string | undefined =>
        items.length === 0 ? undefined : `${title}: ${items.join(', ')}`;
      return say(
        'Clinician decided',
        named(clinician),
        decision,
        list('gates', gates.map(gate)),
        list('agreed to', agreed.map(route)),
        list('ruled out', ruledOut.map(route)),
      );
    }
    default:
      return otherEvent(event);
  }
}

const headingOf = (id: string, content: Content): string =>
  content.planHeadings.find((item) => item.id === id)?.title ?? id;

/** The rest by its type and whatever it holds: a record leaves nothing out. */
function otherEvent(event: CallEvent): Described {
  const words = event.type.replace('.', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const held = Object.entries(event.data).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return say(words.charAt(0).toUpperCase() + words.slice(1), ...held);
}
