import { useEffect, useMemo, useRef, useState } from 'react';
import { type Content } from '../../../shared/content/schema.ts';
import { contentByVersion } from '../../../shared/content/packs.ts';
import { type Attempt } from '../../../shared/training/attempt/attempt.ts';
import { type Cell, type CellEntry, cohortCsv, cohortOf } from '../../../shared/training/cohort.ts';
import { clockText } from '../../../shared/training/script/values.ts';
import { downloadText } from '../../components/download-text.ts';
import { type Ask } from './use-console.ts';

const RESULTS: Readonly<Record<Exclude<CellEntry['result'], 'marked'>, string>> = {
  met: 'met',
  missed: 'missed',
  notReached: 'did not come up',
  seen: 'happened',
  notSeen: 'not seen',
  notMarked: 'not marked',
  covered: 'marked once, covered',
};

/** Trainees by criteria, in words, oldest first: what changed for one person, and what a script has everybody miss. */
export function CohortPage(props: {
  readonly ask: Ask;
  readonly content: Content;
  readonly onOpen: (attempt: string) => void;
}) {
  const { ask, content, onOpen } = props;
  const [attempts, setAttempts] = useState<readonly Attempt[]>();
  const [covered, setCovered] = useState<ReadonlySet<string>>(new Set());
  const [script, setScript] = useState('');
  const asking = useRef(ask);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    void asking.current('training.cohort', {}).then((answer) => {
      if (!answer.ok) return;
      setAttempts(answer.value.attempts);
      setCovered(new Set(answer.value.covered));
    });
  }, []);
  const cohort = useMemo(
    () => cohortOf(attempts ?? [], (version) => contentByVersion(version) ?? content, covered),
    [attempts, content, covered],
  );
  const scripts = [...new Map(cohort.criteria.map((one) => [one.script, one.scriptTitle]))];
  const shown = scripts.some(([id]) => id === script) ? script : (scripts[0]?.[0] ?? '');
  const criteria = cohort.criteria.filter((one) => one.script === shown);
  const here = cohort.trainees.filter(({ trend }) => trend.some((one) => one.script === shown));
  const { agreement } = cohort;
  return (
    <main className="start trainer-page cohort">
      <div className="start-head">
        <h1 ref={heading} tabIndex={-1}>
          Cohort
        </h1>
        <label className="row">
          <span className="label">Script</span>
          <select value={shown} onChange={(event) => setScript(event.target.value)}>
            {scripts.map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button"
          disabled={attempts === undefined || attempts.length === 0}
          onClick={() =>
            downloadText({
              name: 'TRAINING cohort.csv',
              type: 'text/csv;charset=utf-8',
              text: cohortCsv(cohort),
            })
          }
        >
          CSV
        </button>
      </div>
      {attempts === undefined ? (
        <p className="small">Asking the practice desk.</p>
      ) : criteria.length === 0 ? (
        <p className="empty">Practices will be here once their learners have said their own view.</p>
      ) : (
        <>
          <div className="paper-scroll" role="group" aria-label="Trainees by criteria" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Criterion</th>
                  {here.map(({ trainee }) => (
                    <th scope="col" key={trainee}>
                      {trainee}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {criteria.map((criterion) => (
                  <tr key={`${criterion.kind}${criterion.id}`}>
                    <th scope="row">
                      {criterion.title} <span className="small">{KINDS[criterion.kind]}</span>
                    </th>
                    {here.map(({ trainee, cells }) => (
                      <td key={trainee}>
                        <Entries
                          cell={cells.find(
                            ({ criterion: of }) =>
                              of.script === shown && of.kind === criterion.kind && of.id === criterion.id,
                          )}
                          trainee={trainee}
                          onOpen={onOpen}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
                {(here[0]?.trend[0]?.times ?? []).map(({ what, label }) => (
                  <tr key={what}>
                    <th scope="row">
                      {label} <span className="small">time, oldest first</span>
                    </th>
                    {here.map(({ trainee, trend }) => (
                      <td key={trainee} className="ticking">
                        {trend
                          .filter((one) => one.script === shown)
                          .map(({ times }) => {
                            const ms = times.find((time) => time.what === what)?.callMs;
                            return ms === undefined ? 'never' : clockText(ms);
                          })
                          .join(' → ')}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <section aria-labelledby="repeated">
            <h2 id="repeated">Missed again and again</h2>
            {cohort.repeatedMisses.length === 0 ? (
              <p className="small">Nothing was missed in two practices of a script.</p>
            ) : (
              <ul>
                {cohort.repeatedMisses.map(({ criterion, missed, attempts: of }) => (
                  <li key={`${criterion.script}${criterion.kind}${criterion.id}`}>
                    {criterion.scriptTitle}: {criterion.title} · in {missed} of {of} practices. Look at the
                    teaching and at the script first.
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section aria-labelledby="agreement">
            <h2 id="agreement">Where two people marked</h2>
            <p className="small">
              {agreement.compared === 0
                ? 'No item was assessed by two markers of whom the second had not seen the first.'
                : `The same step in ${agreement.same} of ${agreement.compared} items (${agreement.percent ?? 0} %). ${
                    'value' in agreement.kappa
                      ? `Cohen’s kappa ${agreement.kappa.value}.`
                      : agreement.kappa.whyNot
                  }`}
              {cohort.notBlind === 0
                ? ''
                : ` Left out: ${cohort.notBlind} marked twice after the first marking had been shown, or from a time when that was not written down.`}
            </p>
          </section>
        </>
      )}
    </main>
  );
}

const KINDS = { expectation: 'looked for', critical: 'must not happen', rubric: 'rubric' } as const;

function Entries(props: {
  readonly cell: Cell | undefined;
  readonly trainee: string;
  readonly onOpen: (attempt: string) => void;
}) {
  const { cell, trainee, onOpen } = props;
  if (cell === undefined || cell.entries.length === 0) return <span className="small">not practised</span>;
  return cell.entries.map(({ attempt, result, steps }, at) => {
    const text =
      result === 'marked'
        ? (steps ?? [])
            .map((step) => (step === 'notAssessed' ? 'not assessed' : `step ${step + 1}`))
            .join(' / ')
        : RESULTS[result];
    return (
      <span key={attempt}>
        {at === 0 ? '' : ' → '}
        <button
          type="button"
          className={`link is-${result}`}
          aria-label={`${trainee}, ${cell.criterion.title}: ${text}. Open the debrief`}
          onClick={() => onOpen(attempt)}
        >
          {text}
        </button>
      </span>
    );
  });
}
