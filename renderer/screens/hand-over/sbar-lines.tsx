import { Typed } from '../../components/typed.tsx';
import { type Look, type Sbar, type SbarLine } from '../../../shared/exports/sbar/model.ts';
import { quoted } from '../../../shared/exports/words.ts';

/** Yes solid, No outlined, every kind of not knowing dashed: the same chip on screen and on paper. */
const CHIPS: Readonly<Record<Look, string>> = {
  yes: 'chip-yes',
  no: 'chip-no',
  given: 'chip-given',
  notKnown: 'chip-notKnown',
  declined: 'chip-declined',
  couldNotAsk: 'chip-couldNotAsk',
  notAsked: 'chip-notKnown',
  open: 'chip-notKnown',
  plain: 'chip-given',
};

/** The hand-over's sections, to be read aloud or on paper. */
export function SbarSections({ of }: { readonly of: Sbar }) {
  return (
    <>
      <p className={of.sharing.state === 'notShared' ? 'needed' : 'sharing'}>
        {of.sharing.say}
        {of.sharing.keptBack === undefined ? null : (
          <>
            {' '}
            <b>What they said about sharing:</b> <em>{quoted(of.sharing.keptBack)}</em>
          </>
        )}
      </p>
      <SbarBody of={of} />
    </>
  );
}

/** The sections alone, and what is not for this receiver. `within` tells them from those of another paper on the same page. */
export function SbarBody(props: {
  readonly of: Pick<Sbar, 'sections' | 'leftOut'>;
  readonly within?: string;
}) {
  const { of, within } = props;
  return (
    <>
      {of.sections.map((section) => (
        <section
          key={section.id}
          className={`sbar-${section.id}`}
          aria-label={within === undefined ? section.title : `${within}: ${section.title}`}
        >
          <h3>{section.title}</h3>
          <dl>
            {section.lines.map((line, at) => (
              <Line key={`${at}${line.label}`} line={line} />
            ))}
          </dl>
        </section>
      ))}
      {of.leftOut.length === 0 ? null : (
        <p className="small">
          Kept in the call’s record and not for this receiver: {of.leftOut.join(', ').toLowerCase()}.
        </p>
      )}
    </>
  );
}

function Line({ line }: { readonly line: SbarLine }) {
  return (
    <div>
      <dt>{line.label}</dt>
      <dd>
        {line.mark === undefined ? null : <span className={`chip ${CHIPS[line.look]}`}>{line.mark}</span>}{' '}
        <Typed text={line.text} /> {line.words === undefined ? null : <em>{quoted(line.words)}</em>}{' '}
        {line.source === undefined ? null : <span className="small source">{line.source}</span>}
      </dd>
    </div>
  );
}
