import { type Attempt, type Marking } from '../../../../shared/training/attempt/attempt.ts';
import { type RubricItem } from '../../../../shared/training/script/assessment.ts';

/** What people judged, item by item, side by side. "Not assessed" is its own word, never the lowest step. */
export function Markings({ attempt }: { readonly attempt: Attempt }) {
  const { markings, script } = attempt;
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
            {markings.length === 2 ? <th scope="col">Same?</th> : null}
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
                {markings.length === 2 ? <td>{steps[0] === steps[1] ? 'Same' : 'Different'}</td> : null}
              </tr>
            );
          })}
        </tbody>
      </table>
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

function stepText(item: RubricItem, { marks }: Marking): string {
  const mark = marks.find((one) => one.item === item.id);
  if (mark === undefined || mark.step === 'notAssessed') return 'Not assessed';
  return `${item.steps[mark.step] ?? ''}${mark.words === undefined ? '' : ` (${mark.words})`}`;
}
