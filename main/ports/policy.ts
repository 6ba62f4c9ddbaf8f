import { type Settings } from '../../shared/policy/policy.ts';
import { type PolicyInForce } from '../../shared/policy/resolve.ts';
import { type TakenUp } from '../../shared/policy/take-up.ts';

/** The policy in force at this desk, kept fresh while it runs. A host reads it before it composes a desk. */
export interface PolicyKeeper {
  current(): PolicyInForce;
  /** What of the newest policy waits for the end of the call, or for the next start. */
  waiting(): TakenUp['waiting'];
  /** What the person at the desk has chosen: read from their settings, or changed just now. In force at once. */
  choose(person: Partial<Settings>): void;
  /** Looks again from time to time, and tells of changes. `isCallOpen` decides what must wait. */
  start(options: { readonly isCallOpen: () => boolean; readonly changed: () => void }): void;
  /** Reads every source again, now. */
  look(): Promise<void>;
  /** A call has ended: what waited for that takes effect. */
  settle(): void;
  stop(): void;
}
