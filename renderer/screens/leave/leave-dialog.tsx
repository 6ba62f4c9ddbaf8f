import { useState } from 'react';
import { stakeOf } from '../../call/stake.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Modal } from '../../components/modal.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { askBeforeLeaving, type LeavingKind } from '../../../shared/sync/leaving.ts';
import { clockTime } from '../wording/times.ts';

/**
 * Asks before the desk is left, with what is at stake. Staying has the focus; leaving all the same is always possible.
 * `signOut` with nothing at stake asks once more all the same, because a palette line is easily hit.
 */
export function LeaveDialog(props: {
  readonly kind: Extract<LeavingKind, 'signOut' | 'closeWindow'>;
  readonly onStay: () => void;
  readonly onLeave: () => Promise<void>;
}) {
  const { kind, onStay, onLeave } = props;
  const desk = useDesk();
  const stake = useDeskValue((from) => stakeOf(from));
  const [going, setGoing] = useState(false);
  // Over a call the emergency belongs to what lies beneath; this question only makes way.
  useKeys({ emergency: onStay, back: onStay });
  const asked = askBeforeLeaving(kind, stake, clockTime);
  const title = asked.kind === 'ask' ? asked.title : 'Sign out?';
  const lines = asked.kind === 'ask' ? asked.lines : ['Everything is at the hub. Nothing is half typed.'];
  const leave = (): void => {
    setGoing(true);
    void onLeave();
  };
  return (
    <Modal
      label={title}
      className={asked.kind === 'ask' && asked.loud ? 'leave leave-loud' : 'leave'}
      onClose={onStay}
    >
      <h1>{title}</h1>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="small">
        {desk.session.person.name} · {desk.session.person.role}
      </p>
      <div className="row">
        <button type="button" className="button primary" autoFocus disabled={going} onClick={onStay}>
          {asked.kind === 'ask' ? asked.stay : 'Stay signed in'} <Kbd keys={['Esc']} />
        </button>
        {kind === 'closeWindow' ? (
          <p className="small">To close it all the same, close it again and choose to leave.</p>
        ) : (
          <button type="button" className="button" disabled={going} onClick={leave}>
            {asked.kind === 'ask' ? asked.leave : 'Sign out'}
          </button>
        )}
      </div>
      <p role="status">{going ? 'Keeping everything on this PC.' : ''}</p>
    </Modal>
  );
}
