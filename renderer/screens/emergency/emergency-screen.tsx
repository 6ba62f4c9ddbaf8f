import { Elapsed } from '../../components/clock.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { SaveLight } from '../../components/save-light.tsx';
import { lastOf } from '../../../shared/call/picture.ts';
import { NoteBox } from '../call/notes.tsx';
import { TalkNoteFact } from '../call/talk-note.tsx';
import { useCall } from '../call/call-context.tsx';
import { nameAndAge, safeToRingText } from '../derive/person.ts';
import { Checklist } from './checklist.tsx';
import { Confirmation } from './confirmation.tsx';
import { quoted } from '../derive/facts-text.ts';
import { talkNote } from '../derive/talk.ts';

/** The emergency: what to say, what control will ask, and a clock until somebody has it. Nothing here is needed to raise it. */
export function EmergencyScreen({ why }: { readonly why: readonly string[] }) {
  const { picture, content, person, open } = useCall();
  const answered = lastOf(picture, 'call.answered');
  return (
    <div className="emergency">
      <header className="strip strip-red">
        <div className="brand">
          <b>Emergency</b>
          <span className="small">
            {nameAndAge(person)}
            {person.where === undefined ? '' : ` · ${person.where}`}
          </span>
        </div>
        <dl className="strip-facts">
          <div>
            <dt>call clock</dt>
            <dd>{answered === undefined ? '—' : <Elapsed since={answered.at} />}</dd>
          </div>
          <div>
            <dt>{safeToRingText(person)}</dt>
            <dd className="ticking">{person.number ?? 'No number'}</dd>
          </div>
          <TalkNoteFact note={talkNote(picture, person, content)} />
        </dl>
        <SaveLight />
        <button
          type="button"
          className="button on-red"
          aria-keyshortcuts="Escape"
          onClick={() => open('none')}
        >
          <Kbd keys={['Esc']} /> Back to call
        </button>
      </header>
      <div className="emergency-body">
        <main className="emergency-say" aria-label="Emergency">
          {why.map((sentence) => (
            <p key={sentence} role="alert" className="refused">
              {sentence}
            </p>
          ))}
          <p className="crumb">Say</p>
          <h1 tabIndex={-1}>{quoted(content.emergency.say)}</h1>
          <Checklist />
          <p className="small">Every gap can be filled later. Answers come from the questions of the call.</p>
        </main>
        <aside className="emergency-side centre" aria-label="Ambulance or police control">
          <Confirmation />
          <NoteBox />
        </aside>
      </div>
    </div>
  );
}
