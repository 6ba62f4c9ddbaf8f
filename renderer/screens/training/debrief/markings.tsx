import { useState } from 'react';
import { TypedLine } from '../../../components/typed-line.tsx';
import { dayAndTime } from '../../../../shared/exports/london.ts';
import { type Agreement, agreementOf } from '../../../../shared/training/attempt/agreement.ts';
import { type Attempt, type Marking } from '../../../../shared/training/attempt/attempt.ts';
import { type RubricItem } from '../../../../shared/training/script/assessment.ts';

/**
 * What people judged, item by item, side by side. "Not assessed" is its own word, never the lowest step. A first marking
 * stays covered while a second may come: whoever makes it has not seen the first (H61).
 */
export function Markings(props: {
  readonly attempt: Attempt;
  /** There is a first marking, and it did not come with the attempt. */
  readonly isCovered: boolean;
  /** Absent where nobody may uncover it. Answers with why not. */
  readonly onUncover: ((by: string) => Promise<string | undefined>) | undefined;
}) {
  const { attempt, isCovered, onUncover } = props;
  const { markings, script } = attempt;
  const [first, second] = markings;
  const agreement =
    first === undefined || second === undefined ? undefined : agreementOf(script.rubric, first, second);
  if (isCovered) return <Covered onUncover={onUncover} />;
  if (markings.length === 0)
    return (
      <section aria-labelledby="markings-title">
        <h2 id="markings-title">Marking by rubric</h2>
        <p className="small">Nobody has marked this practice yet.</p>
      </section>
    );
  return (
    <section aria-labelledby="markings-title">
      <h2 id="markings-title">Marking by rubric</h2>
      <table className="markings">
        <thead>
          <tr>
            <th scope="col">Item</th>
            {markings.map(({ marker }) => (
              <th scope="col" key={marker}>
                {marker}
              </th>
            ))}
            {agreement === undefined ? null : <th scope="col">Same step?</th>}
          </tr>
        </thead>
        <tbody>
          {script.rubric.map((item) => {
            const steps = markings.map((marking) => stepText(item, marking));
            return (
              <tr key={item.id}>
                <th scope="row">{item.title}</th>
                {steps.map((text, at) => (
                  <td key={markings[at]?.marker ?? at}>{text}</td>
                ))}
                {agreement === undefined ? null : <td>{WORDS[resultOf(agreement, item)]}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
      {agreement === undefined ? null : (
        <p className="small">
          {sightText(attempt)} {agreementText(agreement)}
        </p>
      )}
      {markings.map(({ marker, strengths, changes }) => (
        <div key={marker} className="pair">
          <div>
            <h3>Two strengths, by {marker}</h3>
            <ul>
              {strengths.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
          <div>
            <h3>Two changes, by {marker}</h3>
            <ul>
              {changes.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
        </div>
      ))}
    </section>
  );
}

const WORDS = { same: 'Same', different: 'Different', notCompared: 'Not both assessed' } as const;

const resultOf = ({ items }: Agreement, { id }: RubricItem): keyof typeof WORDS =>
  items.find(({ item }) => item === id)?.result ?? 'notCompared';

/** Whether the second marker had seen the first marking, as far as the program can know. */
function sightText({ markings: [, second], uncovered = [] }: Attempt): string {
  if (second?.sight === 'blind') return 'The second marker marked without having seen the first.';
  if (second?.sight === undefined)
    return 'Whether the second marker had seen the first was not written down: do not read this as blind.';
  const shown = uncovered.map(({ at, by }) => `${dayAndTime(at)} to ${by}`).join(', ');
  return `Not blind: the first marking had been shown before the second was made (${shown}).`;
}

/** Covered, and what it costs to uncover it. */
function Covered({ onUncover }: Pick<Parameters<typeof Markings>[0], 'onUncover'>) {
  const [by, setBy] = useState('');
  const [why, setWhy] = useState('');
  return (
    <section aria-labelledby="markings-title">
      <h2 id="markings-title">Marking by rubric</h2>
      <p className="small">
        One person has marked this practice. It is covered, so that a second marks without having seen it.
      </p>
      {onUncover === undefined ? null : (
        <form
          className="block no-print"
          aria-label="Show the first marking"
          onSubmit={(event) => {
            event.preventDefault();
            if (by.trim() === '') return setWhy('Write your name: that it was shown to you is kept.');
            void onUncover(by.trim()).then((refused) => setWhy(refused ?? ''));
          }}
        >
          <p className="small">
            Shown, it cannot be covered again: a second marking after that is kept as not blind.
          </p>
          <div className="row wrap">
            <TypedLine label="Your name" value={by} onChange={setBy} most={120} />
            <button type="submit" className="button">
              Show it to me
            </button>
          </div>
          <p role="alert" className={why === '' ? undefined : 'refused'}>
            {why}
          </p>
        </form>
      )}
    </section>
  );
}

/** About the two markers, never about the learner. */
function agreementText({ compared, same, percent, kappa }: Agreement): string {
  if (percent === undefined) return 'There is no item that both assessed.';
  const beyondChance = 'whyNot' in kappa ? kappa.whyNot : `Cohen’s kappa: ${kappa.value.toFixed(2)}.`;
  return `The two markers took the same step in ${same} of ${compared} items that both assessed (${percent} %). ${beyondChance}`;
}

function stepText(item: RubricItem, { marks }: Marking): string {
  const mark = marks.find((one) => one.item === item.id);
  if (mark === undefined || mark.step === 'notAssessed') return 'Not assessed';
  return `${item.steps[mark.step] ?? ''}${mark.words === undefined ? '' : ` (${mark.words})`}`;
}
