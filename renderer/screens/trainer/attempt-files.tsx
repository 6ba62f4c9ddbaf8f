import { useRef, useState } from 'react';
import { type AttemptRow } from '../../../shared/bridge/training.ts';
import { downloadText } from '../../components/download-text.ts';
import { type Ask } from './use-console.ts';

/** Enough of a fingerprint to be read aloud. */
const short = (fingerprint: string): string => fingerprint.slice(0, 12);

/** Practices from room to room as one signed file: training rooms have no hub. */
export function AttemptFiles(props: {
  readonly ask: Ask;
  readonly attempts: readonly AttemptRow[];
  readonly onTaken: () => void;
}) {
  const { ask, attempts, onTaken } = props;
  const [said, say] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const done = attempts.filter(({ state }) => state !== 'running');
  const give = async (): Promise<void> => {
    const answer = await ask('training.export', { attempts: done.map(({ id }) => id) });
    if (!answer.ok) return say(`No file was made: ${answer.error.message}.`);
    downloadText({ type: 'application/jose', name: answer.value.name, text: answer.value.text });
    say(
      `${answer.value.name} was given to this PC’s downloads: ${done.length} practices, signed by ${short(answer.value.signedBy)}.`,
    );
  };
  const take = async (file: File): Promise<void> => {
    const answer = await ask('training.import', { text: await file.text() });
    if (!answer.ok) return say(`Nothing was taken in: ${answer.error.message}.`);
    const { taken, known, signedBy, isKnown } = answer.value;
    say(
      `Taken in: ${taken}. Here already: ${known}. Signed by ${short(signedBy)}${isKnown ? ', as before.' : ': the first time. Compare it with what the other machine showed.'}`,
    );
    onTaken();
  };
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title">From room to room</h2>
      <div className="row wrap">
        <button type="button" className="button" disabled={done.length === 0} onClick={() => void give()}>
          All practices as one signed file
        </button>
        <button type="button" className="button" onClick={() => picker.current?.click()}>
          Take a signed file in
        </button>
        <input
          ref={picker}
          className="unseen"
          type="file"
          accept=".lantern-practices"
          aria-label="A signed file of practices"
          tabIndex={-1}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) void take(file);
            target.value = '';
          }}
        />
      </div>
      <p role="status">{said}</p>
    </section>
  );
}
