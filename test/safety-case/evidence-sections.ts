import { evidenceOf } from '../../shared/content/hazard-log.ts';
import { controlCounts, type ReportFacts, utcText } from './facts.ts';
import { html, type Html, table } from './html.ts';
import { type Judgement } from './judge.ts';
import { countsOf, type TestRun } from './runs.ts';

/** Every gate of the content with its hazards: the other way round from the hazards’ own tables. */
export function gateSection({ content }: ReportFacts): Html {
  const rows = content.gates.map((gate) => [
    gate.id,
    gate.title,
    html`${gate.hazards.map((id) => html`<a href="#${id}">${id}</a> `)}`,
    gate.override === undefined ? 'nobody' : gate.override.roles.join(', '),
  ]);
  return html`<section id="gates" class="new-page">
    <h2>5 Gates and the hazards they answer</h2>
    ${table('Gates of this content', ['Gate', 'What it holds', 'Hazards', 'Who may pass it by name'], rows)}
  </section>`;
}

export function evidenceSection(facts: ReportFacts): Html {
  const { build, content, unit, endToEnd, judgement } = facts;
  const { manifest } = content;
  const refs = judgement.hazards.flatMap(({ hazard }) => hazard.controls.flatMap(evidenceOf));
  const named = new Set(refs.map((ref) => `${ref.file} ${ref.test}`));
  const rows = [
    runRow('Unit, contract, content and server tests', unit),
    endToEnd === undefined
      ? [
          'End-to-end tests in Chromium',
          `not run: ${facts.endToEndWhy ?? 'no result was given'}`,
          '–',
          '–',
          '–',
        ]
      : runRow('End-to-end tests in Chromium', endToEnd),
  ];
  return html`<section id="evidence">
    <h2>6 Evidence of this build</h2>
    <dl class="facts">
      <div>
        <dt>Commit</dt>
        <dd class="hash">${build.commit ?? 'not from a repository'}</dd>
      </div>
      <div>
        <dt>Changed since</dt>
        <dd>${build.changed === 0 ? 'nothing' : `${build.changed} files: not a releasable build`}</dd>
      </div>
      <div>
        <dt>Content</dt>
        <dd>${manifest.version} of ${manifest.date}</dd>
      </div>
      <div>
        <dt>Content hash</dt>
        <dd class="hash">${manifest.hash}</dd>
      </div>
      <div>
        <dt>Report made</dt>
        <dd>${utcText(build.madeAt)}</dd>
      </div>
    </dl>
    ${table('Tests of this build', ['Tests', 'Started', 'Passed', 'Failed', 'Skipped'], rows)}
    <p>
      ${named.size} different tests are named by controls in ${new Set(refs.map((ref) => ref.file)).size}
      files.
    </p>
    <p>Electron, installers and real telephony are not part of this evidence.</p>
  </section>`;
}

function runRow(name: string, run: TestRun): readonly (string | number)[] {
  const { passed, failed, skipped } = countsOf(run);
  return [name, utcText(run.startedAt), passed, failed, skipped];
}

interface Open {
  readonly id: string;
  readonly status: 'planned' | 'partly';
  readonly words: string;
}

/** What is planned or missing, by the work that is to bring it, in the log’s order. */
export function openByIssue(judgement: Judgement): ReadonlyMap<string, readonly Open[]> {
  const open = new Map<string, Open[]>();
  for (const { hazard, controls } of judgement.hazards) {
    for (const { control } of controls) {
      if (control.status === 'built') continue;
      const words = control.status === 'planned' ? control.does : control.missing;
      const list = open.get(control.issue) ?? [];
      open.set(control.issue, [...list, { id: hazard.id, status: control.status, words }]);
    }
  }
  return open;
}

export function openPoints(facts: ReportFacts): Html {
  const { content, judgement, build } = facts;
  const counts = controlCounts(judgement);
  const unshown = judgement.hazards.filter(
    ({ controls }) => !controls.some((item) => item.control.status === 'built'),
  );
  return html`<section id="open" class="new-page">
    <h2>7 Open points</h2>
    <h3>Before anybody may use this with real callers</h3>
    <ul>
      <li>No Clinical Safety Officer is named. Nobody has rated or accepted a hazard.</li>
      ${
        content.manifest.approver === null
          ? html`<li>
              The content ${content.manifest.version} is approved by nobody: ${content.manifest.notice}
            </li>`
          : html``
      }
      <li>No opinion of a regulatory adviser on the intended purpose is on file.</li>
      <li>The deploying organisation has no DCB0160 safety case for its own use.</li>
      ${facts.endToEnd === undefined ? html`<li>End-to-end evidence: not run.</li>` : html``}
      ${build.changed === 0 ? html`` : html`<li>The build has changes that are not committed.</li>`}
    </ul>
    <h3>Hazards without any control that is fully built</h3>
    ${
      unshown.length === 0
        ? html`<p>None.</p>`
        : html`<ul>
            ${unshown.map(({ hazard }) => html`<li><a href="#${hazard.id}">${hazard.id}</a> ${hazard.title}</li>`)}
          </ul>`
    }
    <h3>${counts.planned} planned controls, and what ${counts.partly} others lack</h3>
    ${[...openByIssue(judgement)].map(([issue, list]) =>
      table(
        `To come with: ${issue}`,
        ['Hazard', 'State', 'What is not there'],
        list.map((item) => [html`<a href="#${item.id}">${item.id}</a>`, item.status, item.words]),
      ),
    )}
  </section>`;
}
