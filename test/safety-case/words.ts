import { type ReportFacts } from './facts.ts';
import { html, type Html } from './html.ts';

/** The parts of the report that are the same in every build, but for names and numbers. */
export function scope({ content }: ReportFacts): Html {
  return html`<section id="scope" class="new-page">
    <h2>1 Scope</h2>
    <p>
      In scope: the software of this build, and the content pack ${content.manifest.version} that it carries.
    </p>
    <ul>
      <li>
        The desk: the window in which a call is taken, with its keys, drafts, save light and two copies of
        each entry.
      </li>
      <li>The call: the machine that holds the service’s own gates, and the content that states them.</li>
      <li>The hub: the server that takes entries in, stores them and gives receipts.</li>
    </ul>
    <p>Out of scope, and the deploying organisation’s own safety case under DCB0160:</p>
    <ul>
      <li>staffing, training and supervision; the telephone system; second lines for 999;</li>
      <li>local content: questions, gates, routes and services, with their clinical approval;</li>
      <li>
        computers, networks, accounts and disk encryption; receiving services and what they do with a
        hand-over.
      </li>
    </ul>
    <p>
      Users: people who answer calls, some of them advisers supervised by a clinician, some clinicians.
      Patients and callers do not use the software.
    </p>
  </section>`;
}

/** The intended purpose, in the words of the design. */
export const PURPOSE =
  'to record a conversation, to hold a service’s own safety steps, to present a service’s own directory and to hand a record over';
export const NOT_ITS_PURPOSE = 'It does not assess, predict or recommend.';

export function purpose(): Html {
  return html`<section id="purpose">
    <h2>2 Intended purpose</h2>
    <p>The intended purpose of Lantern is ${PURPOSE}.</p>
    <p><b>${NOT_ITS_PURPOSE}</b></p>
    <ul>
      <li>
        It computes, stores and shows no level of danger for a person, in line with NICE NG225 and NHS
        England’s “Staying safe from suicide” (April 2025).
      </li>
      <li>
        Options are listed in an order fixed by content, with the facts for and against each in the service’s
        words. None is chosen beforehand. The person at the desk decides.
      </li>
      <li>
        Gates G3, G4, G6 and G7 keep options shut because of recorded facts. Whether that makes the software a
        medical device is to be put to a regulatory adviser, in writing, before live use. Each can be passed,
        or met, by a named person as its content says.
      </li>
      <li>Emergency is one key from everywhere and is held back by no gate and no field.</li>
    </ul>
  </section>`;
}

export function approach(): Html {
  return html`<section id="approach">
    <h2>3 Clinical risk management approach</h2>
    <p>
      The hazard log is data beside the clinical content. Each hazard has a cause, an effect on somebody,
      controls, and words on what is left to the organisation. A hazard is about the product, never about a
      person.
    </p>
    <h3>What the words on a control mean</h3>
    <dl class="meaning">
      <div>
        <dt>built</dt>
        <dd>The program does this, and every test named beside it ran in this build and passed.</dd>
      </div>
      <div>
        <dt>partly</dt>
        <dd>
          The tests named beside it passed, and what is missing is written under it. Only the tested part may
          be relied on.
        </dd>
      </div>
      <div>
        <dt>planned</dt>
        <dd>Not there. Nothing in it may be relied on. The work that is to bring it is named.</dd>
      </div>
    </dl>
    <h3>Why there is no rating</h3>
    <p>
      This report holds no likelihood, no number for harm and no matrix. Under DCB0129 and DCB0160 a named
      Clinical Safety Officer rates each hazard with the organisation’s own matrix, knowing its callers, staff
      and services; a program’s authors cannot do that for them, and an invented number would be worse than an
      empty cell. The cells for the initial and the residual rating are therefore left open for that person.
    </p>
    <h3>What a passing test shows, and what it does not</h3>
    <p>
      A passing test shows that this build did what its title says, once, on the machine it ran on. It does
      not show that the control is the right one, that people use it as meant, or that a hazard is not missing
      from the log. Those are judgements for clinicians.
    </p>
    <h3>How this report is kept honest</h3>
    <p>
      The command that writes it fails, naming each place, when a hazard has no control, when a control that
      is called built or partly built has no test that passed, or when a named test failed, was skipped, was
      renamed or is older than the code. Hazards found in use are to be added to the log with the test that
      shows their control; the same gate ids, hazard ids and titles are checked against the content in every
      test run.
    </p>
  </section>`;
}
