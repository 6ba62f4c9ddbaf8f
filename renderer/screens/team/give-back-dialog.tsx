import { type FormEvent, useState } from 'react';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { Modal } from '../../components/modal.tsx';
import { Refused } from '../../components/refused.tsx';
import { owedIn } from '../../../shared/call/work.ts';
import { owedTitle } from '../derive/owed.ts';
import { useCall } from '../call/call-context.tsx';

/** Gives the call in hand to nobody, asked first: until a desk takes it, nobody answers for it. */
export function GiveBackDialog({ onClose }: { readonly onClose: () => void }) {
  const desk = useDesk();
  const { view, picture, content } = useCall();
  const owed = owedIn(picture);
  const isAway = useDeskValue((from) => from.hub().reach) !== 'reachable';
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState<readonly string[]>([]);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (asking) return;
    setAsking(true);
    const done = await desk.giveBack(view.id);
    setAsking(false);
    if (done.kind === 'done') onClose();
    else setWhy([done.why]);
  };
  return (
    <Modal label="Give this call back" className="continue" onClose={onClose}>
      <form aria-label="Give this call back" onSubmit={(event) => void send(event)}>
        <h1>Give this call back</h1>
        <p>
          No desk has it then. The team’s list shows it as given back, and the next desk that asks has it
          without a reason. All that was written here is kept, and is sent.
        </p>
        <p className="needed">
          <b>Is the person on the line here?</b> Then stay with them: let whoever goes on take the call over.
        </p>
        {owed.length === 0 ? null : (
          <>
            <p>It still owes:</p>
            <ul>
              {owed.map((one, at) => (
                <li key={at}>{owedTitle(one, { picture, content })}</li>
              ))}
            </ul>
          </>
        )}
        {isAway ? <p className="needed">The hub is away: it cannot be given back now.</p> : null}
        <Refused why={why} />
        <div className="dialog-buttons">
          <button type="button" className="button primary" autoFocus onClick={onClose}>
            Keep it here
          </button>
          <button type="submit" className="button" disabled={asking}>
            {asking ? 'Asking the hub …' : 'Give it back'}
          </button>
        </div>
      </form>
    </Modal>
  );
}
