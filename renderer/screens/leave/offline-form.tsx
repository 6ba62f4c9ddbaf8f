import { type FormEvent, useId, useRef, useState } from 'react';
import { type Session } from '../../../shared/bridge/session.ts';
import { type SignInDoor } from '../../call/session-line.ts';
import { Refused } from '../../components/refused.tsx';
import { doorFault } from './door-words.ts';

/** Coming in without the issuer, for people who chose a passphrase at this desk. Nothing where there is nobody such. */
export function OfflineForm(props: {
  readonly door: SignInDoor;
  readonly people: readonly Session['person'][];
  readonly onIn: (session: Session) => void;
}) {
  const { door, people, onIn } = props;
  const [person, setPerson] = useState(people[0]?.id ?? '');
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState<readonly string[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  if (people.length === 0) return null;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const passphrase = field.current?.value ?? '';
    if (asking || passphrase === '') return;
    setAsking(true);
    const answer = await door.offline(person, passphrase);
    setAsking(false);
    if (field.current !== null) field.current.value = '';
    if (answer.ok) return onIn(answer.value);
    setWhy([doorFault(answer.error)]);
    field.current?.focus();
  };
  return (
    <form className="block" aria-labelledby={`${id}h`} onSubmit={(event) => void submit(event)}>
      <h2 id={`${id}h`}>Without the network</h2>
      {people.length === 1 ? (
        <p>
          <b>{people[0]?.name}</b>
        </p>
      ) : (
        <label className="field">
          <span className="label">Who are you?</span>
          <select value={person} onChange={({ target }) => setPerson(target.value)}>
            {people.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="field">
        <label className="label" htmlFor={`${id}p`}>
          The passphrase you chose at this desk
        </label>
        <input ref={field} id={`${id}p`} type="password" autoComplete="off" />
      </div>
      <button type="submit" className="button" disabled={asking}>
        {asking ? 'Looking …' : 'Come in'}
      </button>
      <Refused why={why} />
    </form>
  );
}
