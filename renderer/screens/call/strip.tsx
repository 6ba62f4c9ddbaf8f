import { useKeyMap } from '../../keys/key-context.ts';
import { Typed } from '../../components/typed.tsx';
import { Elapsed } from '../../components/clock.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { EmergencyButton } from '../../components/emergency-button.tsx';
import { SaveLight } from '../../components/save-light.tsx';
import { closingOf } from '../../../shared/call/facts.ts';
import { paperCall, whenOf } from '../../../shared/call/paper.ts';
import { lastOf } from '../../../shared/call/picture.ts';
import { aboutAndChannel, aboutText, nameAndAge, safeToRingText } from '../derive/person.ts';
import { talkNote } from '../derive/talk.ts';
import { clockTime } from '../wording/times.ts';
import { useCall } from './call-context.tsx';
import { TalkNoteFact } from './talk-note.tsx';

/** The top of the window in a call: who, how long, where the words are, and the one key that matters most. */
export function Strip(props: { readonly onStart: () => void; readonly onEmergency: () => void }) {
  const { picture, person, content, view } = useCall();
  const keys = useKeyMap();
  const note = talkNote(picture, person, content);
  const role = useDeskValue((desk) => desk.session.person.role);
  const profile = useDeskValue((desk) => desk.host.profile.kind);
  const answered = lastOf(picture, 'call.answered') ?? lastOf(picture, 'call.offered');
  const closed = closingOf(picture);
  const isFromPaper = paperCall(picture) !== undefined;
  return (
    <header className="strip">
      <button
        type="button"
        className="brand"
        aria-keyshortcuts={keys.shortcut('start')}
        onClick={props.onStart}
      >
        <b>Lantern</b>
        <span className="small">
          {profile === 'development' ? 'Demonstration profile' : 'All calls'} · {role}
        </span>
      </button>
      <dl className="strip-facts">
        <div className="whole">
          {isFromPaper ? (
            <>
              <dt>on the form</dt>
              <dd>{answered === undefined ? '—' : clockTime(whenOf(picture, answered))}</dd>
            </>
          ) : (
            <>
              <dt>{view.snapshot.matches({ line: 'onHold' }) ? 'on hold' : 'call clock'}</dt>
              <dd>{answered === undefined ? '—' : <Elapsed since={answered.at} until={closed?.at} />}</dd>
            </>
          )}
        </div>
        <div>
          <dt>{note === undefined ? aboutAndChannel(person, picture) : aboutText(person)}</dt>
          <dd>{nameAndAge(person)}</dd>
        </div>
        <div className="whole">
          <dt>{safeToRingText(person)}</dt>
          <dd className="ticking">
            <Typed text={person.number ?? 'No number'} />
          </dd>
        </div>
        <TalkNoteFact note={note} />
      </dl>
      <SaveLight />
      <EmergencyButton onEmergency={props.onEmergency} />
    </header>
  );
}
