import { useState } from 'react';
import { type Agreement, agreementOf } from '../../../../shared/training/attempt/agreement.ts';
import { type Attempt, type Marking } from '../../../../shared/training/attempt/attempt.ts';
import { isCovered } from '../../../../shared/training/attempt/marking.ts';
import { type RubricItem } from '../../../../shared/training/script/assessment.ts';

/**
 * What people judged, item by item, side by side. "Not assessed" is its own word, never the lowest step. A first marking
 * stays covered while a second may come: whoever makes it has not seen the first (H61).
 */
export function Markings({ attempt }: { readonly attempt: Attempt }) {
  const { markings, script } = attempt;
  const [isLastWord, setLastWord] = useState(false);
  const [first, second] = markings;
  const agreement =
    first === undefined || second === undefined ? undefined : agreementOf(script.rubric, first, second);
  if (markings.length === 0)
    return (
      <section aria-labelledby="markings-title">
        <h2 id="markings-title">Marking by rubric</h2>
        <p className="small">Nobody has marked this practice yet.</p>
      </section>
    );
  if (isCovered(attempt) && !isLastWord)
    return (
      <section aria-labelledby="markings-title">
        <h2 id="markings-title">Marking by rubric</h2>
        <p className="small">
          One person has marked this practice. It is covered, so that a second marks without having seen it.
        </p>
        <button type="button" className="button plain" onClick={() => setLastWord(true)}>
          Nobody else marks this: show it
        </button>
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
      {agreement === undefined ? null : <p className="small">{agreementText(agreement)}</p>}
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
