import { type Content } from '../../../../shared/content/schema.ts';
import { type Debrief } from '../../../../shared/training/debrief/debrief-types.ts';
import { clockText } from '../../../../shared/training/script/values.ts';

const EXPECTATIONS = { met: 'Met', missed: 'Missed', notReached: 'Did not come up' } as const;
const FACTS = {
  recorded: 'Recorded',
  notHeard: 'Not heard',
  heardNotRecorded: 'Heard, not recorded',
  assumed: 'Assumed: nobody said it',
  recordedOtherwise: 'Recorded otherwise',
} as const;
const HANDOVER = { known: 'Known', unknown: 'Asked, not known', notAsked: 'Not asked' } as const;
const FITS = {
  expected: 'One the script expects',
  acceptable: 'One the script accepts',
  neither: 'Not one the script expects or accepts',
  open: 'The call was not brought to an end',
} as const;

const time = (ms: number | undefined): string => (ms === undefined ? 'never' : clockText(ms));

/** The same evidence as tables: what is missing stands out by its word, not by colour. */
export function DebriefTables({
  debrief,
  content,
}: {
  readonly debrief: Debrief;
  readonly content: Content;
}) {
  const { times, expectations, criticalFails, facts, ending, handover, prompts } = debrief;
  const route = ending.route === undefined ? undefined : (content.route(ending.route)?.title ?? ending.route);
  return (
    <div className="debrief-tables">
      <section aria-labelledby="times-title">
        <h2 id="times-title">How long until</h2>
        <table>
          <tbody>
            {times.map(({ what, label, callMs }) => (
              <tr key={what}>
                <th scope="row">{label}</th>
                <td>{time(callMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="expected-title">
        <h2 id="expected-title">What was looked for</h2>
        <table>
          <tbody>
            {expectations.map(({ id, expect, result, why, critical }) => (
              <tr key={id} className={`is-${result}`}>
                <th scope="row">
                  {expect}
                  {critical ? <span className="small"> · critical</span> : null}
                </th>
                <td>
                  <b>{EXPECTATIONS[result]}</b> <span className="small">{why}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {criticalFails.length === 0 ? null : (
        <section aria-labelledby="critical-title">
          <h2 id="critical-title">What must not happen</h2>
          <table>
            <tbody>
              {criticalFails.map(({ id, what, seen, callMs }) => (
                <tr key={id} className={seen ? 'is-missed' : 'is-met'}>
                  <th scope="row">{what}</th>
                  <td>
                    <b>{seen ? 'It happened' : 'Not seen'}</b>{' '}
                    {callMs === undefined ? null : <span className="small">at {clockText(callMs)}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section aria-labelledby="facts-title">
        <h2 id="facts-title">Facts of the story</h2>
        <table>
          <tbody>
            {facts.map(({ id, fact, result, heardMs, recordedMs }) => (
              <tr key={id} className={result === 'recorded' ? 'is-met' : 'is-missed'}>
                <th scope="row">{fact}</th>
                <td>
                  <b>{FACTS[result]}</b>{' '}
                  <span className="small">
                    {heardMs === undefined ? '' : `heard ${clockText(heardMs)}`}
                    {recordedMs === undefined ? '' : ` · on record ${clockText(recordedMs)}`}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="ending-title">
        <h2 id="ending-title">How it ended</h2>
        <p>
          <b>{FITS[ending.fits]}.</b> {route === undefined ? 'No route was chosen.' : `Route: ${route}.`}{' '}
          {ending.outcome === undefined ? 'Not closed.' : `Outcome ${ending.outcome}.`}
          {ending.emergency ? ' Emergency services were told.' : ''}
        </p>
        {ending.because === undefined ? null : <p>{ending.because}</p>}
        {ending.set.length === 0 ? null : (
          <>
            <p className="small">The script’s endings:</p>
            <ul>
              {ending.set.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      {handover.length === 0 ? null : (
        <section aria-labelledby="handover-title">
          <h2 id="handover-title">What the receiver is told</h2>
          <table>
            <tbody>
              {handover.map(({ say, state }) => (
                <tr key={say} className={state === 'known' ? 'is-met' : 'is-missed'}>
                  <th scope="row">{say}</th>
                  <td>
                    <b>{HANDOVER[state]}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section aria-labelledby="prompts-title">
        <h2 id="prompts-title">To talk about</h2>
        <div className="pair">
          <Prompts title="Towards two strengths" texts={prompts.strengths} />
          <Prompts title="Towards two changes" texts={prompts.changes} />
        </div>
      </section>
    </div>
  );
}

function Prompts({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      {texts.length === 0 ? (
        <p className="small">Nothing in the logs: from what you saw and heard.</p>
      ) : (
        <ul aria-label={title}>
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
