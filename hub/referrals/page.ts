import { type Handover } from '../../shared/call/facts.ts';
import { type Picture } from '../../shared/call/picture.ts';
import { type Content } from '../../shared/content/schema.ts';
import { dayAndTime } from '../../shared/exports/london.ts';
import { escapeHtml } from '../../shared/exports/escape-html.ts';
import { nameAndAge, personOf } from '../../shared/exports/person.ts';
import { type Look, type SbarLine } from '../../shared/exports/sbar/model.ts';
import { sbar } from '../../shared/exports/sbar/sbar.ts';
import { quoted } from '../../shared/exports/words.ts';
import { reasonsForNo, reasonTitle } from '../../shared/referral/decline-reasons.ts';
import { type ReceiverAnswer } from '../../shared/referral/exchange.ts';
import { type UtcMs } from '../../shared/time.ts';
import { page } from './html.ts';

/** What a team without a system of its own is shown: pages made on the hub, without a script. */

const CLASS: Readonly<Partial<Record<Look, string>>> = {
  yes: 'yes',
  given: 'given',
  notKnown: 'unknown',
  declined: 'unknown',
  couldNotAsk: 'unknown',
  notAsked: 'unknown',
  open: 'unknown',
};

/** The hand-over as it stood when it was sent: the card of the desk, in the same words. */
export function cardHtml(picture: Picture, content: Content, handover: Handover): string {
  const card = sbar(picture, content);
  const { promisedBy } = handover.data;
  const { status, notice } = content.manifest;
  const shared = card.sharing.keptBack;
  return [
    status === 'demonstration' ? `<p class="notice">${escapeHtml(notice)}</p>` : '',
    `<p class="who"><b>${escapeHtml(nameAndAge(personOf(picture, content)))}</b></p>`,
    `<p>${escapeHtml(card.sharing.say)}${shared === undefined ? '' : ` <b>What they said about sharing:</b> ${escapeHtml(quoted(shared))}`}</p>`,
    promisedBy === undefined ? '' : `<p><b>Promised by ${escapeHtml(dayAndTime(promisedBy))}.</b></p>`,
    ...card.sections.map(
      ({ title, lines }) => `<h2>${escapeHtml(title)}</h2>\n<dl>${lines.map(lineHtml).join('\n')}</dl>`,
    ),
    '<p class="small">An answer that is missing here was not given: it is not a no.</p>',
  ].join('\n');
}

function lineHtml({ label, mark, look, text: words, words: said, source }: SbarLine): string {
  const chip =
    mark === undefined ? '' : `<span class="mark ${CLASS[look] ?? ''}">${escapeHtml(mark)}</span> `;
  const rest = [words, said === undefined ? '' : quoted(said)].filter((part) => part !== '').join(' · ');
  const from = source === undefined ? '' : ` <span class="small">${escapeHtml(source)}</span>`;
  return `<div><dt>${escapeHtml(label)}</dt><dd>${chip}${escapeHtml(rest)}${from}</dd></div>`;
}

/** A referral as its page needs it. */
export interface Shown {
  readonly from: string;
  readonly to: string;
  readonly madeAt: UtcMs;
  readonly path: string;
}

const head = ({ from, to, madeAt }: Shown, title: string): string =>
  `<h1>${escapeHtml(title)}</h1>\n<p class="who">From ${escapeHtml(from)} to ${escapeHtml(to)}, ${escapeHtml(dayAndTime(madeAt))}.</p>`;
const NOT_HAVING =
  '<p>Opening it tells the service that it was opened. It does not say that you have the person.</p>';

/** Before anybody has said who they are: nothing about the person, so that a mail program that follows links reads nothing. */
export function coverPage(shown: Shown, missing = false): string {
  return page(
    `${missing ? 'Error: ' : ''}A referral is waiting`,
    `${head(shown, 'A referral is waiting for you')}
${missing ? errors([['by', 'Write your name.']]) : ''}
<form method="post" action="${escapeHtml(shown.path)}/open">
${NOT_HAVING}
${input('by', 'Your name and role', missing ? 'Write your name.' : undefined)}
<button>Open the referral</button>
</form>`,
  );
}

export interface Wrong {
  readonly form: 'acknowledge' | 'decline';
  readonly fields: readonly (readonly [field: string, say: string])[];
}

/** The hand-over, and under it the two answers. */
export function openPage(shown: Shown, card: string, by: string, wrong?: Wrong): string {
  const said = saidOf(wrong);
  return page(
    `${wrong === undefined ? '' : 'Error: '}Referral to ${shown.to}`,
    `${head(shown, 'Referral')}
${errorsOf(wrong)}
<article class="card">${card}</article>
<form method="post" action="${escapeHtml(shown.path)}/acknowledge">
<h2>We have this person</h2>
<p>Until somebody here says so by name, the service that sent this has them.</p>
${input('by', 'Who has the person now: name and role', said('acknowledge', 'by'), by, 'acknowledge-')}
${input('reference', 'Your reference (optional)', undefined, '', 'acknowledge-')}
<button>Acknowledge: we have them</button>
</form>
${declineForm(shown, 'We do not take them', by, said)}`,
  );
}

type Said = (form: Wrong['form'], field: string) => string | undefined;
const saidOf =
  (wrong: Wrong | undefined): Said =>
  (form, field) =>
    wrong?.form === form ? wrong.fields.find(([name]) => name === field)?.[1] : undefined;
const errorsOf = (wrong: Wrong | undefined): string =>
  wrong === undefined ? '' : errors(wrong.fields.map(([field, say]) => [`${wrong.form}-${field}`, say]));

function declineForm(shown: Shown, title: string, by: string, said: Said): string {
  const options = reasonsForNo.map(
    ({ code, title: reason }) =>
      `<option value="${escapeHtml(code)}">${escapeHtml(reason)} · ${escapeHtml(code)}</option>`,
  );
  return `<form method="post" action="${escapeHtml(shown.path)}/decline">
<h2>${escapeHtml(title)}</h2>
${input('by', 'Who says so: name and role', said('decline', 'by'), by, 'decline-')}
<label for="decline-code">Reason</label>${fieldError(said('decline', 'code'), 'decline-code')}
<select id="decline-code" name="code"${describedBy(said('decline', 'code'), 'decline-code')}><option value="">Choose a reason</option>${options.join('')}</select>
<label for="decline-reason">What they should know (optional)</label>
<textarea id="decline-reason" name="reason" rows="3" maxlength="2000"></textarea>
<button class="second">Decline</button>
</form>`;
}

/** What was answered. The hand-over itself is not shown again; who has the person may still have to give them back. */
export function answeredPage(shown: Shown, answer: ReceiverAnswer, wrong?: Wrong): string {
  const said =
    answer.answer === 'acknowledged'
      ? `<b>${escapeHtml(answer.by)}</b> said at ${escapeHtml(dayAndTime(answer.at))} that they have this person.`
      : `<b>${escapeHtml(answer.by)}</b> declined at ${escapeHtml(dayAndTime(answer.at))}: ${escapeHtml(reasonTitle(answer.code))}.`;
  return page(
    `${wrong === undefined ? '' : 'Error: '}Referral answered`,
    `${head(shown, 'This referral is answered')}<p role="status">${said}</p>
<p>The service is told. The hand-over is not shown here any more. If something has changed, ring the service.</p>
${errorsOf(wrong)}
${answer.answer === 'acknowledged' ? declineForm(shown, 'We cannot take them after all', '', saidOf(wrong)) : ''}`,
  );
}

/** A referral that cannot be answered here any more, and what to do. */
export const closedPage = (title: string, say: string): string =>
  page(title, `<h1>${escapeHtml(title)}</h1>\n<p role="status">${escapeHtml(say)}</p>`);

function input(name: string, label: string, wrong: string | undefined, value = '', prefix = ''): string {
  const id = `${prefix}${name}`;
  return `<label for="${id}">${escapeHtml(label)}</label>${fieldError(wrong, id)}
<input id="${id}" name="${name}" value="${escapeHtml(value)}" maxlength="300" autocomplete="off"${describedBy(wrong, id)}>`;
}
const fieldError = (wrong: string | undefined, id: string): string =>
  wrong === undefined ? '' : `<span class="field-error" id="${id}-error">${escapeHtml(wrong)}</span>`;
const describedBy = (wrong: string | undefined, id: string): string =>
  wrong === undefined ? '' : ` aria-invalid="true" aria-describedby="${id}-error"`;
const errors = (list: readonly (readonly [id: string, say: string])[]): string =>
  `<div class="error" role="alert"><h2>There is a problem</h2><ul>${list
    .map(([id, say]) => `<li><a href="#${id}">${escapeHtml(say)}</a></li>`)
    .join('')}</ul></div>`;
