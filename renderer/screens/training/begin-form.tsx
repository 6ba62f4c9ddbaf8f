import { useState } from 'react';
import { type LibraryEntry } from '../../../shared/bridge/training.ts';
import { practiceWords } from '../../../shared/training/words.ts';
import { type PracticeMode } from '../../../shared/training/attempt/attempt.ts';
import { SmallRadios } from '../../components/radios.tsx';
import { TypedLine } from '../../components/typed-line.tsx';

const MODES = [
  { value: 'coached', title: 'Coached: hints are shown' },
  { value: 'assessed', title: 'Assessed: no hints' },
] as const;

/** The warning, the goals, who practises and how. Nothing is chosen beforehand. */
export function BeginForm(props: {
  readonly entry: LibraryEntry;
  /** Answers with why it could not begin. */
  readonly onBegin: (how: { trainee: string; mode: PracticeMode }) => Promise<string | undefined>;
  readonly onBack: () => void;
}) {
  const { cover, file } = props.entry;
  const [trainee, setTrainee] = useState('');
  const [mode, setMode] = useState('');
  const [why, setWhy] = useState('');
  const begin = async (): Promise<void> => {
    const chosen = MODES.find(({ value }) => value === mode)?.value;
    if (trainee.trim() === '' || chosen === undefined)
      return setWhy('Write a name for the room and choose coached or assessed.');
    const refused = await props.onBegin({ trainee: trainee.trim(), mode: chosen });
    if (refused !== undefined) setWhy(`It could not begin: ${refused}.`);
  };
  return (
    <form
      className="block practice-card"
      aria-label="Before you begin"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <p className="practice-name">{cover?.title ?? file}</p>
      <p className="demo-notice">
        <b>What it touches on:</b> {cover?.contentWarning}
      </p>
      <p>{practiceWords.real}</p>
      <div>
        <h2>What it is for</h2>
        <ul>
          {cover?.learningGoals.map((goal) => (
            <li key={goal}>{goal}</li>
          ))}
        </ul>
      </div>
      <TypedLine
        label="Your name in this room"
        hint="A first name or an invented one: whoever opens the debrief reads it."
        value={trainee}
        onChange={setTrainee}
        most={120}
      />
      <SmallRadios label="How" options={MODES} value={mode} onChange={setMode} />
      <p role="alert" className={why === '' ? undefined : 'refused'}>
        {why}
      </p>
      <div className="row wrap">
        <button type="submit" className="button primary">
          Ready: let it ring
        </button>
        <button type="button" className="button plain" onClick={props.onBack}>
          Another one
        </button>
      </div>
    </form>
  );
}
