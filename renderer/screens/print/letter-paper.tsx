import { type GpLetter } from '../../../shared/exports/letter/gp-letter.ts';
import { quoted } from '../../../shared/exports/words.ts';
import { SbarBody } from '../hand-over/sbar-lines.tsx';

/** The letter to the person's practice, on paper. */
export function LetterPaper({ letter }: { readonly letter: GpLetter }) {
  return (
    <section className="card paper-letter" aria-labelledby="paper-letter">
      <h2 id="paper-letter">Letter to the practice of {letter.about}</h2>
      <p>
        From {letter.from} · written {letter.written}
      </p>
      <p>
        Dear colleague, the person named above, or somebody about them, spoke with us on {letter.spoke}.{' '}
        {letter.ask}
      </p>
      {letter.keptBack === undefined ? null : (
        <p>
          <b>What they said about sharing:</b> <em>{quoted(letter.keptBack)}</em>
        </p>
      )}
      <SbarBody of={letter} within="Letter" />
      <p className="small">An answer that is missing here was not given: it is not a no.</p>
    </section>
  );
}
