import { useEffect, useRef, useState } from 'react';
import { type AttemptRow, type LibraryEntry } from '../../../shared/bridge/training.ts';
import { type Attempt, type PracticeMode } from '../../../shared/training/attempt/attempt.ts';
import { type CallView } from '../../call/desk.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { SaveLight } from '../../components/save-light.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { Notices } from '../start/notices.tsx';
import { StartDialogs, type StartDialog } from '../start/start-dialogs.tsx';
import { AttemptList } from './attempt-list.tsx';
import { BeginForm } from './begin-form.tsx';
import { DebriefPage } from './debrief/debrief-page.tsx';
import { PracticeInHand } from './practice-in-hand.tsx';
import { ReflectionForm } from './reflection-form.tsx';
import { ScriptList } from './script-list.tsx';

type Place =
  | { readonly at: 'room' }
  | { readonly at: 'begin'; readonly entry: LibraryEntry }
  | { readonly at: 'reflect'; readonly row: Pick<AttemptRow, 'id' | 'title'> }
  | { readonly at: 'debrief'; readonly attempt: Attempt; readonly isCovered: boolean };

/** Where a trainee begins: scripts with their goals and warnings, the practice in hand, and what came of earlier ones. */
export function PracticeRoom(props: {
  readonly onOpen: (call: CallView['id']) => void;
  readonly onEmergency: () => void;
}) {
  const desk = useDesk();
  const practice = useDeskValue((from) => from.training.practice());
  const notices = useDeskValue((from) => from.notices());
  const [place, setPlace] = useState<Place>({ at: 'room' });
  const [library, setLibrary] = useState<{
    folder: string;
    scripts: LibraryEntry[];
    attempts: AttemptRow[];
  }>();
  const [said, say] = useState('');
  const [dialog, setDialog] = useState<StartDialog>('none');
  const heading = useRef<HTMLHeadingElement>(null);
  const look = (): void => {
    void desk.training.ask('training.library', {}).then((answer) => {
      if (answer.ok) setLibrary(answer.value);
      else say(`The scripts could not be read: ${answer.error.message}.`);
    });
  };
  useEffect(look, [desk, practice?.status, practice?.reflected]);
  const { at } = place;
  useEffect(() => {
    if (at !== 'debrief') heading.current?.focus();
  }, [at]);
  // A practice that was put away took its button, and the focus on it, with it.
  const status = practice?.status ?? 'none';
  useEffect(() => {
    if (status === 'none' && document.activeElement === document.body) heading.current?.focus();
  }, [status]);

  const answerCall = (): void => {
    if (practice === undefined) return;
    if (practice.call !== undefined) return props.onOpen(practice.call);
    const call = desk.takeCall({ source: 'handler' });
    void desk.training.ask('training.attach', { call, repeatedUpTo: 0 }).then(() => props.onOpen(call));
  };
  const room = (): void => setPlace({ at: 'room' });
  const begin: (
    entry: LibraryEntry,
    how: { trainee: string; mode: PracticeMode },
  ) => Promise<string | undefined> = async ({ file }, how) => {
    const answer = await desk.training.ask('training.begin', { file, ...how });
    if (!answer.ok) return answer.error.message;
    room();
    return undefined;
  };
  const handlers = {
    takeCall: answerCall,
    emergency: props.onEmergency,
    sheet: () => setDialog('sheet'),
    practicePage: room,
  };
  useKeys({
    ...handlers,
    palette: () => setDialog(dialog === 'palette' ? 'none' : 'palette'),
    ...(dialog === 'none' ? { back: room } : {}),
  });
  const debrief = (id: string): void => {
    void desk.training.ask('training.attempt', { attempt: id, for: 'debrief' }).then((answer) => {
      if (answer.ok)
        setPlace({ at: 'debrief', attempt: answer.value.attempt, isCovered: answer.value.covered });
      else say(`That debrief cannot be opened: ${answer.error.message}.`);
    });
  };

  if (place.at === 'debrief') {
    const { attempt, isCovered } = place;
    return (
      <DebriefPage {...{ attempt, isCovered }} content={desk.content} print={desk.print} onBack={room} />
    );
  }
  return (
    <div className="start-frame">
      <header className="strip">
        <div className="brand">
          <b>Lantern</b>
          <span className="small">Training room</span>
        </div>
        <dl className="strip-facts">
          <div>
            <dt>practice desk</dt>
            <dd>{desk.session.person.name}</dd>
          </div>
        </dl>
        <SaveLight />
      </header>
      <main className="start">
        <h1 ref={heading} tabIndex={-1}>
          {place.at === 'begin'
            ? 'Before you begin'
            : place.at === 'reflect'
              ? 'First, your own view'
              : 'Training room'}
        </h1>
        <p role="status" className={said === '' ? 'unseen' : undefined}>
          {said}
        </p>
        {place.at === 'begin' ? (
          <BeginForm entry={place.entry} onBegin={(how) => begin(place.entry, how)} onBack={room} />
        ) : place.at === 'reflect' ? (
          <ReflectionForm row={place.row} onDone={() => debrief(place.row.id)} onBack={room} />
        ) : (
          <>
            {practice === undefined || practice.status === 'stopped' ? null : (
              <PracticeInHand
                practice={practice}
                onAnswer={answerCall}
                onReflect={() =>
                  setPlace({ at: 'reflect', row: { id: practice.attempt, title: practice.cover.title } })
                }
                onDebrief={() => debrief(practice.attempt)}
              />
            )}
            {library === undefined ? (
              <p className="small">Reading the scripts.</p>
            ) : (
              <>
                <ScriptList
                  scripts={library.scripts}
                  folder={library.folder}
                  isBusy={practice?.status === 'talking' || practice?.status === 'waiting'}
                  onChoose={(entry) => setPlace({ at: 'begin', entry })}
                  onLook={look}
                />
                <AttemptList
                  attempts={library.attempts.filter(({ state }) => state !== 'running')}
                  onReflect={(row) => setPlace({ at: 'reflect', row })}
                  onDebrief={debrief}
                />
              </>
            )}
            <Notices notices={notices} />
          </>
        )}
      </main>
      <footer className="foot">
        <span className="hint-key">
          <Kbd keys={['F4']} /> answer the practice call
        </span>
        <span className="hint-key">
          <Kbd keys={['?']} /> keys
        </span>
        <span className="small">content {desk.content.manifest.version}</span>
      </footer>
      <StartDialogs dialog={dialog} setDialog={setDialog} handlers={handlers} />
    </div>
  );
}
