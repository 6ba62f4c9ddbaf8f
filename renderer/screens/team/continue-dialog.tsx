import { type FormEvent, useState } from 'react';
import { type CallView } from '../../call/desk.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { Modal } from '../../components/modal.tsx';
import { Radios } from '../../components/radios.tsx';
import { Refused } from '../../components/refused.tsx';
import { IssuerDoor } from '../leave/issuer-door.tsx';
import { deskWords, reasonTitles } from '../wording/team-words.ts';

/** Asks the hub for a call. A desk that still has it is named, and the reason for taking it is asked. */
export function ContinueDialog(props: {
  readonly call: CallView['id'];
  readonly deskName: string | null;
  readonly onClose: () => void;
  readonly onHere: () => void;
}) {
  const { call, deskName, onClose, onHere } = props;
  const desk = useDesk();
  const [reason, setReason] = useState('');
  const [isHeld, setHeld] = useState(false);
  const [isStepUp, setStepUp] = useState(false);
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState<readonly string[]>([]);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (asking) return;
    const chosen = reasonTitles.find(({ value }) => value === reason)?.value;
    if (isHeld && chosen === undefined) return setWhy(['Say why you take it over.']);
    setAsking(true);
    setWhy([]);
    const done = await desk.continueCall(call, chosen);
    setAsking(false);
    if (done.kind === 'here') return onHere();
    setStepUp(done.kind === 'stepUp');
    if (done.kind === 'stepUp') return undefined;
    if (done.kind === 'held') return setHeld(true);
    return setWhy([done.why]);
  };
  return (
    <Modal label="Go on with this call here" className="continue" onClose={onClose}>
      <form aria-label="Go on with this call here" onSubmit={(event) => void send(event)}>
        <h1>Go on with this call here</h1>
        <p>
          The hub gives a call to one desk at a time. You get everything that reached the hub; the other desk
          keeps what it has and is told.
        </p>
        {isHeld ? (
          <>
            <p className="needed">
              <b>Now with {deskWords(deskName)}.</b> If somebody is speaking to the person there, speak to
              them first.
            </p>
            <Radios
              label="Why you take it over"
              className="small-radios reasons"
              options={reasonTitles}
              value={reason}
              onChange={setReason}
            />
          </>
        ) : null}
        {isStepUp ? (
          <>
            <p className="needed">
              A supervisor takes a call over only after confirming who they are. Then ask the hub again.
            </p>
            <IssuerDoor
              door={desk.sessionLine.door}
              purpose="stepUp"
              issuer={undefined}
              onIn={() => setStepUp(false)}
            />
          </>
        ) : null}
        <Refused why={why} />
        <div className="dialog-buttons">
          <button type="submit" className="button primary" autoFocus disabled={asking}>
            {asking ? 'Asking the hub …' : isHeld ? 'Take it over' : 'Ask the hub for it'}
          </button>
          <button type="button" className="button" onClick={onClose}>
            Leave it there
          </button>
        </div>
      </form>
    </Modal>
  );
}
