import { controlCounts, type ReportFacts, utcText } from './facts.ts';
import { hazardIndex, hazardSections } from './hazard-sections.ts';
import { html, type Html } from './html.ts';
import { evidenceSection, gateSection, openPoints } from './evidence-sections.ts';
import { STYLE } from './style.ts';
import { approach, purpose, scope } from './words.ts';

const COMMIT_CHARACTERS = 12;

/** The clinical safety case report as one HTML page without outside resources, under DCB0129's headings. Pure. */
export function reportOf(facts: ReportFacts): string {
  const page = html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Lantern: clinical safety case report</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          ${front(facts)} ${contents(facts)} ${scope(facts)} ${purpose()} ${approach()}
          <section id="hazards" class="new-page">
            <h2>4 Hazards</h2>
            <p>
              Every hazard in the log, with what the program does about it, the test that shows it, and what
              is left to the organisation. The rating columns are empty on purpose: see section 3.
            </p>
            ${hazardIndex(facts)} ${hazardSections(facts.judgement)}
          </section>
          ${gateSection(facts)} ${evidenceSection(facts)} ${openPoints(facts)}
        </main>
      </body>
    </html>`;
  return `${page.text}\n`;
}

/** The commit as it is said on the first page and at the foot of every page. */
export function commitText({ build }: ReportFacts): string {
  if (build.commit === undefined) return 'not from a repository';
  const short = build.commit.slice(0, COMMIT_CHARACTERS);
  return build.changed === 0 ? short : `${short} with ${build.changed} changed files`;
}

function front(facts: ReportFacts): Html {
  const { build, content, judgement } = facts;
  const { manifest } = content;
  const counts = controlCounts(judgement);
  return html`<header>
    <p class="over">DCB0129 · manufacturer’s evidence</p>
    <h1>Lantern: clinical safety case report</h1>
    <p class="lead">
      A desktop workstation for the people who answer NHS 111’s mental health option. This report is generated
      from the hazard log and from the tests of one build.
    </p>
    <div class="notice" role="note">
      <p><b>This is not a signed safety case.</b></p>
      <p>
        No Clinical Safety Officer has been named for this product. No hazard has been rated, no clinician has
        approved the content, and nothing here accepts a risk on anybody’s behalf. Not for use with real
        callers.
      </p>
    </div>
    ${verdict(judgement.faults)}
    <dl class="facts">
      <div>
        <dt>Build</dt>
        <dd>Lantern ${build.version}, commit ${commitText(facts)}</dd>
      </div>
      <div>
        <dt>Content</dt>
        <dd>${manifest.version}, ${manifest.status}, ${approver(facts)}</dd>
      </div>
      <div>
        <dt>Report made</dt>
        <dd>${utcText(build.madeAt)}</dd>
      </div>
      <div>
        <dt>Hazards</dt>
        <dd>${judgement.hazards.length}</dd>
      </div>
      <div>
        <dt>Controls</dt>
        <dd>${counts.built} built, ${counts.partly} partly built, ${counts.planned} planned</dd>
      </div>
      <div>
        <dt>Clinical Safety Officer</dt>
        <dd>none named yet</dd>
      </div>
    </dl>
  </header>`;
}

const approver = ({ content }: ReportFacts): string =>
  content.manifest.approver === null
    ? 'approved by nobody'
    : `approved by ${content.manifest.approver.name}, ${content.manifest.approver.role}`;

function verdict(faults: readonly string[]): Html {
  if (faults.length === 0)
    return html`<p class="complete">
      Every hazard has a control, and every control that is called built or partly built has a test that ran
      and passed in this build.
    </p>`;
  return html`<div class="incomplete" role="note">
    <p>
      <b
        >Incomplete: ${faults.length === 1 ? 'one fault' : `${faults.length} faults`}. Do not use this as
        evidence.</b
      >
    </p>
    <ol>
      ${faults.map((fault) => html`<li>${fault}</li>`)}
    </ol>
  </div>`;
}

function contents({ judgement }: ReportFacts): Html {
  const items: readonly [string, string][] = [
    ['scope', '1 Scope'],
    ['purpose', '2 Intended purpose'],
    ['approach', '3 Clinical risk management approach'],
    ['hazards', `4 Hazards (H1 to H${judgement.hazards.length})`],
    ['gates', '5 Gates and the hazards they answer'],
    ['evidence', '6 Evidence of this build'],
    ['open', '7 Open points'],
  ];
  return html`<nav aria-label="Contents">
    <h2>Contents</h2>
    <ul>
      ${items.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
    </ul>
  </nav>`;
}
