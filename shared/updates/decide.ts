import { askBeforeLeaving, type Stake } from '../sync/leaving.ts';
import { judgeOffer } from './version.ts';

export const UPDATE_MODES = ['off', 'ask', 'auto'] as const;
export type UpdateMode = (typeof UPDATE_MODES)[number];

export interface UpdateFacts {
  readonly mode: UpdateMode;
  readonly running: string;
  /** What the organisation's server offers; undefined: nothing, or not asked yet. */
  readonly offered: string | undefined;
  readonly allowDowngrade: boolean;
  /** It is on this PC, whole, and its signature was found good. */
  readonly isHere: boolean;
  /** What the window last said is at stake; undefined before it has said anything. */
  readonly stake: Stake | undefined;
  /** What the person said to this version; undefined: not asked yet. */
  readonly answer: 'yes' | 'later' | undefined;
}

export type UpdateStep =
  | { readonly kind: 'none' | 'wait'; readonly why: string }
  | { readonly kind: 'download' | 'ask' | 'install' };

/** Nothing that a person or a caller could lose or wait for: as for leaving the desk, and the window has spoken. */
export const isQuiet = (stake: Stake | undefined): boolean =>
  stake !== undefined && askBeforeLeaving('update', stake, String).kind === 'allow';

/** The next step of an update. Pure; `test/shared/updates` has every combination. */
export function nextStep({
  mode,
  running,
  offered,
  allowDowngrade,
  isHere,
  stake,
  answer,
}: UpdateFacts): UpdateStep {
  if (mode === 'off') return { kind: 'none', why: 'policy' };
  if (offered === undefined) return { kind: 'none', why: 'nothing is offered' };
  const offer = judgeOffer(running, offered, allowDowngrade);
  if (offer.kind === 'refused') return { kind: 'none', why: offer.why };
  if (offer.kind === 'same') return { kind: 'none', why: 'it is the one that runs' };
  if (!isHere) return { kind: 'download' };
  if (!isQuiet(stake)) return { kind: 'wait', why: 'something is at stake' };
  if (mode === 'auto' || answer === 'yes') return { kind: 'install' };
  return answer === 'later' ? { kind: 'wait', why: 'the person said later' } : { kind: 'ask' };
}
