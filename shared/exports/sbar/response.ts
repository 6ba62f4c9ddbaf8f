import { chosenRoute, handoverNow, planLines } from '../../call/facts.ts';
import { eventsOf, lastOf, type Picture, refOf, sameRef } from '../../call/picture.ts';
import { type Content } from '../../content/schema.ts';
import { eventTime } from '../event-time.ts';
import { dayAndTime } from '../london.ts';
import { urgencyTitles } from '../words.ts';
import { openLine, plain } from './lines.ts';
import { type SbarLine } from './model.ts';

/** What is asked of the receiver and by when, what was agreed, and who has the person: no facts of the caller's. */
export function requestLines(picture: Picture, content: Content): readonly SbarLine[] {
  const chosen = chosenRoute(picture);
  const route = chosen === undefined ? undefined : content.route(chosen.data.route);
  if (chosen === undefined || route === undefined) return [openLine('Route', 'Not chosen')];
  const { urgency, service } = chosen.data;
  const receiver = content.receiver(route.id);
  const title = service === undefined ? route.title : `${route.title}, ${service}`;
  return [
    plain('Route', `${title} · ${urgencyTitles[urgency]} · ${route.timescale}`, {
      source: eventTime(picture, chosen),
    }),
    ...(receiver === undefined ? [] : [plain('We ask you', receiver.ask)]),
    ...handoverLines(picture),
    ...(receiver === undefined ? [] : [plain('If there is no contact', receiver.ifNoContact)]),
  ];
}

function handoverLines(picture: Picture): readonly SbarLine[] {
  const now = handoverNow(picture);
  if (now === undefined) return [];
  const { sent, state } = now;
  const promised = sent.data.promisedBy;
  const answer = [
    ...eventsOf(picture, 'handover.acknowledged'),
    ...eventsOf(picture, 'handover.declined'),
  ].findLast((event) => sameRef(event.data.handover, refOf(sent)));
  const who = answer === undefined ? '' : `${answer.data.by}, ${eventTime(picture, answer)}`;
  const said = {
    sent: openLine('Who has them', 'Not yet acknowledged', {
      text: `sent to ${sent.data.to} ${eventTime(picture, sent)}`,
    }),
    acknowledged: plain('Who has them', `${sent.data.to}: ${who}${referenceOf(answer)}`),
    declined: openLine('Who has them', 'We do', { text: `${sent.data.to} said no: ${who}` }),
  }[state];
  return [...(promised === undefined ? [] : [plain('Promised by', dayAndTime(promised))]), said];
}

function referenceOf(
  answer: { readonly data: { readonly reference?: string } | { readonly reason: string } } | undefined,
): string {
  if (answer === undefined || !('reference' in answer.data) || answer.data.reference === undefined) return '';
  return ` · reference ${answer.data.reference}`;
}

/** What the person wants, the plan in their words, and whether they could say it back. */
export function agreedLines(picture: Picture, content: Content): readonly SbarLine[] {
  const choice = chosenRoute(picture)?.data.choice;
  const said = lastOf(picture, 'sayBack.recorded');
  const plans = content.planHeadings.flatMap((heading) =>
    planLines(picture, heading.id).map((line) =>
      plain(heading.title, line.data.text, { source: eventTime(picture, line) }),
    ),
  );
  return [
    ...(choice === undefined ? [] : [plain('They want', '', { words: choice })]),
    ...plans,
    ...(said === undefined
      ? []
      : [
          plain(said.data.done ? 'Said back' : 'Not said back', said.data.words, {
            source: eventTime(picture, said),
          }),
        ]),
  ];
}
