import { useState } from 'react';
import { type AttemptRow, type LibraryEntry } from '../../../shared/bridge/training.ts';
import { currentContent } from '../../../shared/content/packs.ts';
import { type Attempt } from '../../../shared/training/attempt/attempt.ts';
import { type Bridge } from '../../bridge/lasting-bridge.ts';
import { KeyCaps } from '../../components/kbd.tsx';
import { Modal } from '../../components/modal.tsx';
import { trainerKeys } from '../../keys/trainer-keys.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { DebriefPage } from '../training/debrief/debrief-page.tsx';
import { StopButton } from '../training/stop-button.tsx';
import { CohortPage } from './cohort-page.tsx';
import { ConsolePage } from './console-page.tsx';
import { MarkingForm } from './marking-form.tsx';
import { RoomPage } from './room-page.tsx';
import { type Ask, useConsole } from './use-console.ts';
import { useOwnPaper } from './use-own-paper.ts';

type Place =
  | { readonly at: 'room' | 'console' | 'cohort' }
  | { readonly at: 'marking'; readonly attempt: Attempt }
  | {
      readonly at: 'debrief';
      readonly attempt: Attempt;
      readonly isCovered: boolean;
      readonly from: 'room' | 'cohort';
    };

const content = currentContent();

/** The console: the running practice while there is one; scripts, practices, marking and cohort beside it. */
export function TrainerApp({ bridge }: { readonly bridge: Bridge }) {
  const now = useConsole(bridge);
  const print = useOwnPaper(bridge);
  const ask: Ask = (method, input) => bridge.call(method, input);
  const [place, setPlace] = useState<Place>({ at: 'room' });
  const [sheet, setSheet] = useState(false);
  const [said, say] = useState('');
  const status = now.view?.practice.status;
  const runs = status === 'talking' || status === 'waiting';
  // A practice that begins is shown at once; what the trainer opens afterwards stays.
  const [ran, setRan] = useState(false);
  if (ran !== runs) {
    setRan(runs);
    if (runs) setPlace({ at: 'console' });
  }
  const open = async (id: string, wanted: 'debrief' | 'marking', from: 'room' | 'cohort'): Promise<void> => {
    const answer = await ask('training.attempt', { attempt: id, for: wanted });
    if (!answer.ok) return say(`It cannot be opened: ${answer.error.message}.`);
    say('');
    const { attempt, covered } = answer.value;
    setPlace(
      wanted === 'marking'
        ? { at: 'marking', attempt }
        : { at: 'debrief', attempt, isCovered: covered, from },
    );
  };
  const uncover = async (id: string, by: string, from: 'room' | 'cohort'): Promise<string | undefined> => {
    const answer = await ask('training.uncover', { attempt: id, by });
    if (!answer.ok) return `It could not be shown: ${answer.error.message}.`;
    await open(id, 'debrief', from);
    return undefined;
  };
  const stop = (): void => {
    if (runs) void ask('training.act', { kind: 'stop' });
  };
  useKeys({ sheet: () => setSheet(true), stopPractice: stop, start: () => setPlace({ at: 'room' }) });

  const begin = async (entry: LibraryEntry, how: { trainee: string; mode: 'coached' | 'assessed' }) => {
    const answer = await ask('training.begin', { file: entry.file, ...how });
    return answer.ok ? undefined : answer.error.message;
  };
  return (
    <>
      <aside className="training-banner" aria-label="Training">
        <b>TRAINING</b>
        <span className="training-says">
          Trainer’s console. Keep it from the trainee: the script is open here.
        </span>
        <nav className="row" aria-label="Console">
          {(['console', 'room', 'cohort'] as const).map((at) => (
            <button
              key={at}
              type="button"
              className="button plain"
              aria-current={place.at === at ? 'page' : undefined}
              disabled={at === 'console' && now.view === undefined}
              onClick={() => setPlace({ at })}
            >
              {{ console: 'Running practice', room: 'Scripts and practices', cohort: 'Cohort' }[at]}
            </button>
          ))}
        </nav>
        {runs ? <StopButton onStop={stop} /> : null}
      </aside>
      <p role="status" className={said === '' && now.isOpen ? 'unseen' : 'trainer-said'}>
        {now.isOpen ? said : 'The practice desk does not answer. The console comes back by itself.'}
      </p>
      {place.at === 'console' && now.view !== undefined ? (
        <ConsolePage now={now} view={now.view} content={content} ask={ask} />
      ) : place.at === 'debrief' ? (
        <DebriefPage
          attempt={place.attempt}
          isCovered={place.isCovered}
          onUncover={(by) => uncover(place.attempt.id, by, place.from)}
          content={content}
          print={print}
          onBack={() => setPlace({ at: place.from })}
        />
      ) : place.at === 'marking' ? (
        <MarkingForm
          attempt={place.attempt}
          content={content}
          ask={ask}
          onDone={() => setPlace({ at: 'room' })}
        />
      ) : place.at === 'cohort' ? (
        <CohortPage ask={ask} content={content} onOpen={(id) => void open(id, 'debrief', 'cohort')} />
      ) : (
        <RoomPage
          ask={ask}
          status={status}
          revision={`${status ?? now.at} ${now.view?.practice.reflected ?? ''}`}
          onBegin={begin}
          onDebrief={(id) => void open(id, 'debrief', 'room')}
          onMark={(row: AttemptRow) => void open(row.id, 'marking', 'room')}
        />
      )}
      {sheet ? (
        <Modal label="Keys" className="sheet" onClose={() => setSheet(false)}>
          <div className="sheet-head">
            <h1>Keys of the console</h1>
            <button type="button" className="button plain" autoFocus onClick={() => setSheet(false)}>
              Close
            </button>
          </div>
          <dl className="key-list">
            {trainerKeys.map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  <KeyCaps keys={keys} />
                  <span className="unseen">{keys.join(' ')}</span>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </Modal>
      ) : null}
    </>
  );
}
