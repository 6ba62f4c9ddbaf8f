import { useCallback, useEffect, useRef, useState } from 'react';
import { type AttemptRow, type LibraryEntry, type Practice } from '../../../shared/bridge/training.ts';
import { type PracticeMode } from '../../../shared/training/attempt/attempt.ts';
import { AttemptList } from '../training/attempt-list.tsx';
import { BeginForm } from '../training/begin-form.tsx';
import { ScriptList } from '../training/script-list.tsx';
import { AttemptFiles } from './attempt-files.tsx';
import { type Ask } from './use-console.ts';

/** Scripts to give to the trainee, and the practices that were. */
export function RoomPage(props: {
  readonly ask: Ask;
  readonly status: Practice['status'] | undefined;
  /** Another whenever something may have come to the lists: they are read again then. */
  readonly revision: string;
  readonly onBegin: (
    entry: LibraryEntry,
    how: { trainee: string; mode: PracticeMode },
  ) => Promise<string | undefined>;
  readonly onDebrief: (id: string) => void;
  readonly onMark: (row: AttemptRow) => void;
}) {
  const { ask, status, revision } = props;
  const [library, setLibrary] = useState<{
    folder: string;
    scripts: LibraryEntry[];
    attempts: AttemptRow[];
  }>();
  const [entry, setEntry] = useState<LibraryEntry>();
  const heading = useRef<HTMLHeadingElement>(null);
  const askNow = useRef(ask);
  const look = useCallback(() => {
    void askNow.current('training.library', {}).then((answer) => {
      if (answer.ok) setLibrary(answer.value);
    });
  }, []);
  useEffect(() => {
    if (revision !== '') look();
  }, [look, revision]);
  const isChoosing = entry === undefined;
  useEffect(() => {
    if (isChoosing) heading.current?.focus();
    else document.querySelector<HTMLElement>('.practice-card input')?.focus();
  }, [isChoosing]);
  return (
    <main className="start trainer-page">
      <h1 ref={heading} tabIndex={-1}>
        {entry === undefined ? 'Scripts and practices' : 'Give this call to the trainee'}
      </h1>
      {entry !== undefined ? (
        <BeginForm
          entry={entry}
          onBegin={(how) => props.onBegin(entry, how)}
          onBack={() => setEntry(undefined)}
        />
      ) : library === undefined ? (
        <p className="small">Asking the practice desk.</p>
      ) : (
        <>
          <ScriptList
            scripts={library.scripts}
            folder={library.folder}
            isBusy={status === 'talking' || status === 'waiting'}
            onChoose={setEntry}
            onLook={look}
          />
          <AttemptList
            attempts={library.attempts.filter(({ state }) => state !== 'running')}
            onDebrief={props.onDebrief}
            onMark={props.onMark}
          />
          <AttemptFiles ask={ask} attempts={library.attempts} onTaken={look} />
        </>
      )}
    </main>
  );
}
