import { type Practice } from '../../../shared/bridge/training.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { Modal } from '../../components/modal.tsx';

/** Opens when a practice was stopped, by whomever. It asks for nothing, and nobody is told what is done with it. */
export function WellBeing(props: { readonly practice: Practice; readonly onRoom: () => void }) {
  const { practice, onRoom } = props;
  const desk = useDesk();
  const leave = (): void => {
    onRoom();
    void desk.training.ask('training.leave', {});
  };
  return (
    <Modal label="You can stop here" className="leave" onClose={leave}>
      <h1>It has stopped. Nothing more will happen.</h1>
      <ul>
        <li>Stopping is always right, and needs no reason. It is nowhere counted.</li>
        <li>Nobody in this call was real. What you felt is.</li>
        <li>Take a few minutes away from the screen. Drink something. Move about.</li>
        <li>Talk to your trainer or supervisor, now or later, about as much as you like.</li>
        <li>
          If it touches on something of your own: your GP, your staff support line, or 111 are there for you
          too.
        </li>
      </ul>
      <p className="small">“{practice.cover.title}” can be looked at together another time, or not at all.</p>
      <div className="row">
        <button type="button" className="button primary" autoFocus onClick={leave}>
          Back to the training room
        </button>
      </div>
    </Modal>
  );
}
