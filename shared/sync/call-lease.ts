import { type HappeningType } from '../events/event.ts';
import { type DeskId } from '../ids.ts';
import { type UtcMs } from '../time.ts';
import { type CallHolder, LEASE_MS } from './protocol.ts';

/** This desk has not got a call that it knows: since when, and what people call the desk that has it. */
export interface Elsewhere {
  readonly since: UtcMs;
  readonly name: string | null;
  /** It was given back: no desk has it. */
  readonly nobody?: true | undefined;
}

/** Where a call is by what the hub last said. `none`: nobody has it, or the hub has nothing of it yet. */
export type Whereabouts =
  | { readonly at: 'here'; readonly fence: number | undefined }
  | { readonly at: 'elsewhere'; readonly elsewhere: Elsewhere }
  | { readonly at: 'none' };

export function whereIsCall({ desk, deskName, lease }: CallHolder, own: DeskId): Whereabouts {
  if (desk === null) return { at: 'none' };
  if (desk === own) return { at: 'here', fence: lease?.fence };
  return { at: 'elsewhere', elsewhere: { since: lease?.grantedAt ?? 0, name: deskName } };
}

/**
 * What a desk still writes into a call that another desk was given. An emergency is never blocked by a lease: somebody
 * may be speaking to this desk all the same. A note takes what was half typed, or what was heard since: it adds and
 * decides nothing, and the desk that has the call sees it. A copy that was printed must be on record. Everything else
 * decides something (a route, a hand-over, an end) or speaks of a conversation that is now held at the other desk.
 */
const WRITTEN_WITHOUT_LEASE: ReadonlySet<HappeningType> = new Set<HappeningType>([
  'emergency.raised',
  'emergency.handedOver',
  'emergency.refused',
  'emergency.stoodDown',
  'note.added',
  'copy.printed',
]);

export const isWrittenWithoutLease = (type: HappeningType): boolean => WRITTEN_WITHOUT_LEASE.has(type);

/** How often a desk asks where its open calls are, and renews what it was given: three tries in the life of a lease. */
export const LOOK_EVERY_MS = LEASE_MS / 4;
