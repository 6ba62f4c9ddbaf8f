import { type Practice } from '../../../shared/bridge/training.ts';
import { Kbd } from '../../components/kbd.tsx';
import { useDesk } from '../../components/desk-context.tsx';

/** The practice that waits, goes on, or has just ended. */
export function PracticeInHand(props: {
  readonly practice: Practice;
  readonly onAnswer: () => void;
  readonly onReflect: () => void;
  readonly onDebrief: () => void;
}) {
  const desk = useDesk();
  const { practice } = props;
  const { cover, status, reflected } = practice;
  return (
    <section className="practice-card" aria-labelledby="practice-title">
      <h2 id="practice-title">{status === 'ended' ? 'The call has ended' : 'A practice call for you'}</h2>
      <p className="practice-name">
        {cover.title} · {practice.mode} · {practice.trainee}
      </p>
      {status === 'ended' ? null : (
        <p>
          <b>What it touches on:</b> {cover.contentWarning}
        </p>
      )}
      <div className="row wrap">
        {status === 'ended' ? (
          reflected ? (
            <button type="button" className="button primary" onClick={props.onDebrief}>
              Open the debrief
            </button>
          ) : (
            <button type="button" className="button primary" onClick={props.onReflect}>
              First, your own view
            </button>
          )
        ) : (
          <button
            type="button"
            className="button primary big"
            aria-keyshortcuts="F4"
            onClick={props.onAnswer}
          >
            {status === 'waiting' ? 'Answer the call' : 'Back to the call'} <Kbd keys={['F4']} />
          </button>
        )}
        {status === 'talking' ? null : (
          <button
            type="button"
            className="button plain"
            onClick={() => void desk.training.ask('training.leave', {})}
          >
            {status === 'waiting' ? 'Not this one' : 'Put it away'}
          </button>
        )}
      </div>
    </section>
  );
}
