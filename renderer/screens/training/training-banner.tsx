import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { StopButton } from './stop-button.tsx';

/**
 * Stands above every screen of the training world, and nothing closes it. The stop is here, so that it works where everything
 * else failed. The mark on every screen and page is `styles/training.css`.
 */
export function TrainingBanner() {
  const desk = useDesk();
  const practice = useDeskValue((from) => from.training.practice());
  const runs = practice?.status === 'talking' || practice?.status === 'waiting';
  const stop = (): void => {
    if (runs) void desk.training.ask('training.stop', { why: 'button' });
  };
  useKeys({ stopPractice: stop });
  return (
    <aside className="training-banner" aria-label="Training">
      <b>TRAINING</b>
      <span className="training-says">
        {practice === undefined
          ? 'Practice calls only. Nobody here is real. Ring no number and send nothing.'
          : `${practice.cover.title} · ${practice.mode} · ${practice.trainee}. Ring no number and send nothing.`}
      </span>
      {runs ? <StopButton onStop={stop} /> : null}
    </aside>
  );
}
