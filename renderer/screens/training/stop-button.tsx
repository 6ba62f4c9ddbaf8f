import { KeyCaps } from '../../components/kbd.tsx';

/** The way out of a practice, for trainee and trainer alike: one press, nothing asked. */
export function StopButton({ onStop }: { readonly onStop: () => void }) {
  return (
    <button type="button" className="button training-stop" aria-keyshortcuts="F1" onClick={onStop}>
      Stop the practice <KeyCaps keys={['F1']} />
    </button>
  );
}
