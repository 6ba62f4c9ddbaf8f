import { type Session } from '../../../shared/bridge/contract.ts';
import { Refused } from '../../components/refused.tsx';

/** Nobody is signed in: who is at this desk now? Nothing of anybody is shown before that. */
export function SignIn(props: {
  readonly people: readonly Session['person'][];
  readonly why: string | undefined;
  readonly onChosen: (person: string) => void;
}) {
  return (
    <main className="broken sign-in">
      <h1>Who is at this desk?</h1>
      <p>
        Demonstration people, no account needed. What others wrote here stays kept and encrypted on this PC;
        what the hub has not got of it is sent once somebody is signed in.
      </p>
      <ul className="plain-list sign-in-list">
        {props.people.map(({ id, name, role }, at) => (
          <li key={id}>
            <button type="button" className="button" autoFocus={at === 0} onClick={() => props.onChosen(id)}>
              <b>{name}</b> <span className="small">{role}</span>
            </button>
          </li>
        ))}
      </ul>
      <Refused why={props.why === undefined ? [] : [`You could not be signed in: ${props.why}.`]} />
      <p className="small">In an emergency, ring 999 on the second line.</p>
    </main>
  );
}
