import { useCall } from '../call/call-context.tsx';
import { handoverCard, spokenWords } from '../derive/handover-card.ts';

/** The card to be read aloud: facts alone, large, with what is unknown said as unknown. */
export function HandoverCardView() {
  const { picture, content, person } = useCall();
  return (
    <article className="card" aria-labelledby="card-title" tabIndex={0}>
      <h2 id="card-title" className="crumb">
        Card to read aloud
      </h2>
      {handoverCard(picture, content, person).map((section) => (
        <section key={section.title} aria-label={section.title}>
          <h3>{section.title}</h3>
          <dl>
            {section.lines.map((line, at) => (
              <div key={`${at}${line.label}`}>
                <dt>{line.label}</dt>
                <dd>
                  {line.unknown ? <span className="chip chip-notKnown">{line.text}</span> : line.text}{' '}
                  {line.words === undefined ? null : <em>{spokenWords(line)}</em>}
                  {line.source === undefined ? null : <span className="small source">{line.source}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </article>
  );
}
