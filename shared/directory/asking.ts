import { type UtcMs } from '../time.ts';
import { type Adjustment } from './adjustments.ts';
import { type GridPoint, type RuleSubject, type ServiceKind } from './service.ts';

/** Yes, no, or nobody knows: a missing fact is never a no. */
export type Known = 'yes' | 'no' | 'notKnown';

/** The areas a person's place lies in: ONS codes of any level. Undefined: nobody knows. */
export type Areas = readonly string[] | undefined;

/** What is asked of the directory for one person at one moment. Facts only; nothing here grades anybody. */
export interface Asking {
  readonly kinds: readonly ServiceKind[];
  readonly now: UtcMs;
  /** Youngest and oldest age they may have, in whole months. */
  readonly age?: readonly [min: number, max: number];
  readonly areas: Readonly<Record<'now' | 'home' | 'gp', Areas>>;
  readonly from?: GridPoint;
  /** How they would travel: a way is then estimated from its straight line, and said to be. */
  readonly travelBy?: 'foot' | 'road';
  /** How long the way to one service takes, in ms, as whoever travels says; by service id. It counts for no other. */
  readonly said?: ReadonlyMap<string, number>;
  readonly facts: Readonly<Partial<Record<RuleSubject, Known>>>;
  /** What they said they need to get in or be understood. One that nobody asked about is not in it. */
  readonly adjustments: readonly Adjustment[];
}

/** A service said that it cannot take anybody now. Shared through the hub. */
export interface CannotTake {
  readonly service: string;
  readonly says: string;
  readonly at: UtcMs;
  readonly until: UtcMs;
}
