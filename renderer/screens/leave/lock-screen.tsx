import { useEffect, useState } from 'react';
import { type Session, type SignInWays } from '../../../shared/bridge/session.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { EmergencyButton } from '../../components/emergency-button.tsx';
import { SaveLight } from '../../components/save-light.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { lockWords } from './door-words.ts';
import { IssuerDoor } from './issuer-door.tsx';
import { OfflineForm } from './offline-form.tsx';

/**
 * The desk is locked between calls: whose it is, how to come back, and the emergency key. It never stands in front of an
 * open call: one that comes in opens over it.
 */
export function LockScreen(props: { readonly onEmergency: () => void; readonly onSignOut: () => void }) {
  const desk = useDesk();
  const { door } = desk.sessionLine;
  const reason = useDeskValue((from) => from.sessionLine.locked());
  const [ways, setWays] = useState<SignInWays | undefined>();
  const [people, setPeople] = useState<readonly Session['person'][]>([]);
  useKeys({ emergency: props.onEmergency });
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const [said, here] = [await door.ways(), await door.people()];
      if (said.ok) setWays(said.value);
      if (here.ok) setPeople(here.value);
    };
    void ask();
  }, [door]);
  const { person } = desk.session;
  // The desk hears of it from the main process, and this screen goes.
  const onIn = (): void => undefined;
  return (
    <main className="broken sign-in locked">
      <div className="locked-head">
        <h1>This desk is locked</h1>
        <EmergencyButton onEmergency={props.onEmergency} />
      </div>
      <p>
        {reason === undefined ? '' : lockWords[reason]} <b>{person.name}</b>, {person.role}, is signed in. A
        call that comes in opens by itself.
      </p>
      <SaveLight />
      {ways === undefined ? null : (
        <IssuerDoor door={door} purpose="unlock" issuer={ways.issuer} onIn={onIn} />
      )}
      <OfflineForm
        key={people.length}
        door={door}
        people={people.filter(({ id }) => id === person.id)}
        onIn={onIn}
      />
      <p>
        <button type="button" className="link" onClick={props.onSignOut}>
          Not {person.name}? Sign them out
        </button>
      </p>
    </main>
  );
}

/** Over a call at a locked desk: whose hand it is recorded under. */
export function LockedBand() {
  const { person } = useDesk().session;
  return (
    <p className="needed locked-band" role="status">
      <b>This desk was locked.</b> What you record goes under {person.name}. If that is not you, say so in a
      note, and sign in as yourself after the call.
    </p>
  );
}
