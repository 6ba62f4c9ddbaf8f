import { Kbd } from './kbd.tsx';

/** The one emergency key, as every strip shows it. */
export function EmergencyButton({ onEmergency }: { readonly onEmergency: () => void }) {
  return (
    <button
      type="button"
      className="button danger emergency-key"
      aria-keyshortcuts="F9"
      onClick={onEmergency}
    >
      <Kbd keys={['F9']} /> Emergency
    </button>
  );
}
