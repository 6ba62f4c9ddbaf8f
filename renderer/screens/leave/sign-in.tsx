import { useEffect, useState } from 'react';
import { type SignInWays, type Session } from '../../../shared/bridge/session.ts';
import { type SignInDoor } from '../../call/session-line.ts';
import { Refused } from '../../components/refused.tsx';
import { IssuerDoor } from './issuer-door.tsx';
import { OfflineForm } from './offline-form.tsx';

interface Asked {
  readonly ways: SignInWays;
  readonly people: readonly Session['person'][];
}

/** Nobody is signed in: who is at this desk now? Nothing of anybody is shown before that. */
export function SignIn(props: { readonly door: SignInDoor; readonly onIn: (session: Session) => void }) {
  const { door, onIn } = props;
  const [asked, setAsked] = useState<Asked | undefined>();
  const [why, setWhy] = useState<readonly string[]>([]);
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const [ways, people] = [await door.ways(), await door.people()];
      if (ways.ok && people.ok) setAsked({ ways: ways.value, people: people.value });
      else setWhy(['The desk program behind this window does not answer. Load this page again.']);
    };
    void ask();
  }, [door]);
  const choose = async (person: string): Promise<void> => {
    const answer = await door.choose(person);
    if (answer.ok) onIn(answer.value);
    else setWhy([`You could not be signed in: ${answer.error.message}.`]);
  };
  return (
    <main className="broken sign-in">
      <h1>Who is at this desk?</h1>
      <p>
        {asked?.ways.kind === 'development' ? 'Demonstration people, no account needed. ' : ''}
        What others wrote here stays kept and encrypted on this PC; what the hub has not got of it is sent
        once somebody is signed in.
      </p>
      {asked?.ways.kind === 'development' ? (
        <ul className="plain-list sign-in-list">
          {asked.people.map(({ id, name, role }, at) => (
            <li key={id}>
              <button type="button" className="button" autoFocus={at === 0} onClick={() => void choose(id)}>
                <b>{name}</b> <span className="small">{role}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {asked?.ways.kind === 'account' ? (
        <>
          <IssuerDoor door={door} purpose="signIn" issuer={asked.ways.issuer} onIn={onIn} />
          <OfflineForm door={door} people={asked.people} onIn={onIn} />
        </>
      ) : null}
      <Refused why={why} />
      <p className="small">In an emergency, ring 999 on the second line.</p>
    </main>
  );
}
