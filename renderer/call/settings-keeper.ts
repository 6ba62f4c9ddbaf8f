import { type Settings } from '../../shared/policy/policy.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';

/** Settings in force at once, and taken back in words when they could not be kept. */
export interface SettingsKeeper {
  get(): Settings;
  change(next: Settings): void;
  /** What is in force now, told by the main process. */
  refresh(kept: Settings): void;
}

export function createSettingsKeeper(
  kept: Settings,
  bridge: Bridge,
  changed: () => void,
  tell: (sentence: string) => void,
): SettingsKeeper {
  let current = kept;
  let confirmed = kept;
  const set = (next: Settings): void => {
    current = next;
    changed();
  };
  return {
    get: () => current,
    refresh(next) {
      confirmed = next;
      set(next);
    },
    change(next) {
      set(next);
      void bridge.call('settings.set', next).then((answer) => {
        if (answer.ok) {
          confirmed = answer.value;
          // A later change is under way: its own answer decides.
          if (current === next) set(answer.value);
          return;
        }
        tell(`The settings could not be kept: ${answer.error.message}.`);
        if (current === next) set(confirmed);
      });
    },
  };
}
