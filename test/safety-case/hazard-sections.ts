import { type Control } from '../../shared/content/hazard-log.ts';
import { type ReportFacts } from './facts.ts';
import { html, type Html, table } from './html.ts';
import {
  type JudgedControl,
  type JudgedEvidence,
  type JudgedHazard,
  type Judgement,
  type Outcome,
} from './judge.ts';
import { partsOf } from './titles.ts';

const count = (controls: readonly JudgedControl[], status: Control['status']): number =>
  controls.filter((item) => item.control.status === status).length;

/** One line for each hazard: what there is of controls, and the open cells for the ratings. */
export function hazardIndex({ judgement }: ReportFacts): Html {
  const rows = judgement.hazards.map(({ hazard, controls }) => [
    html`<a href="#${hazard.id}">${hazard.id}</a>`,
    hazard.title,
    count(controls, 'built'),
    count(controls, 'partly'),
    count(controls, 'planned'),
    'to be rated',
    'to be rated',
  ]);
  return html`<div class="index">
    ${table(
      'Index of hazards. Both ratings are to be given by the named Clinical Safety Officer.',
      ['Hazard', 'Title', 'Built', 'Partly', 'Planned', 'Initial rating', 'Residual rating'],
      rows,
    )}
  </div>`;
}

export const hazardSections = (judgement: Judgement): readonly Html[] => judgement.hazards.map(hazardSection);

function hazardSection({ hazard, controls }: JudgedHazard): Html {
  return html`<article id="${hazard.id}" class="hazard" aria-labelledby="${hazard.id}-title">
    <h3 id="${hazard.id}-title">${hazard.id} ${hazard.title}</h3>
    <dl class="causes">
      <div>
        <dt>Cause</dt>
        <dd>${hazard.cause}</dd>
      </div>
      <div>
        <dt>Effect</dt>
        <dd>${hazard.effect}</dd>
      </div>
    </dl>
    ${
      controls.length === 0
        ? html`<p class="bad">No control.</p>`
        : table(
            `Controls of ${hazard.id}`,
            ['What the program does', 'Status', 'Shown by'],
            controls.map((item) => [what(item.control), status(item.control), shown(item)]),
          )
    }
    <dl class="causes">
      <div>
        <dt>Left to the organisation</dt>
        <dd>${hazard.residual}</dd>
      </div>
      <div>
        <dt>Rating</dt>
        <dd>Initial and residual: to be rated by the named Clinical Safety Officer</dd>
      </div>
    </dl>
  </article>`;
}

function what(control: Control): Html {
  const gate = control.gate === undefined ? html`` : html` <span class="gate">Gate ${control.gate}</span>`;
  const missing =
    control.status === 'partly' ? html`<p class="missing"><b>Missing:</b> ${control.missing}</p>` : html``;
  return html`<p>${control.does}${gate}</p>
    ${missing}`;
}

const status = (control: Control): Html =>
  html`<span class="status ${control.status}">${control.status}</span>`;

function shown({ control, evidence }: JudgedControl): Html {
  const coming =
    control.status === 'built' ? html`` : html`<p class="coming">To come with: ${control.issue}</p>`;
  if (evidence.length === 0) return coming;
  return html`<ul class="tests">
      ${evidence.map(
        (item) =>
          html`<li>
            <span class="outcome ${item.outcome}">${outcomeText(item)}</span>
            ${testText(item)}
            <span class="file">${item.ref.file}</span>
          </li>`,
      )}
    </ul>
    ${coming}`;
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  passed: '✓ passed',
  failed: '✗ failed',
  skipped: '✗ skipped',
  missing: '✗ no such test ran',
  notRun: '– not run',
};

const outcomeText = ({ outcome, cases }: JudgedEvidence): string =>
  cases.length > 1 ? `${OUTCOMES[outcome]}, ${cases.length} cases` : OUTCOMES[outcome];

const MOST_CASES = 10;

/** A test by its title; a title run with several values by its group and the cases that ran. */
function testText({ ref, cases }: JudgedEvidence): string {
  const [title = '', group] = partsOf(ref.test).toReversed();
  if (cases.length < 2) return cases[0] ?? title;
  const said = cases.slice(0, MOST_CASES).join('; ');
  const more = cases.length > MOST_CASES ? `; and ${cases.length - MOST_CASES} more` : '';
  return `${group === undefined ? '' : `${group}: `}${said}${more}`;
}
