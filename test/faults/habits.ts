import { type IntakeStore } from '../../hub/intake/store.ts';
import { type HubLink } from '../../main/ports/hub-link.ts';
import { type Drafts } from '../../main/services/drafts.ts';
import { type Journal } from '../../main/services/journal/journal.ts';
import { type Purge } from '../../main/services/purge.ts';
import { type WindowLocks } from '../../renderer/sync/lock.ts';
import { type Timers } from '../../shared/time.ts';
import { type MemoryState } from '../hub/support/memory-store.ts';
import { type DatabaseHabits } from './world/database.ts';
import { type DiskHabits } from './world/disk.ts';
import { type HubAnswer, type HubRequest } from './world/hub.ts';
import { type StorageHabits } from './world/indexed-db.ts';

/**
 * Where a planted bug gets in: around the product's ports, never inside. All absent is the product as it is.
 */
export interface Habits extends DiskHabits {
  readonly storage?: StorageHabits;
  readonly link?: (link: HubLink, beside: { readonly journal: Journal; readonly person: string }) => HubLink;
  readonly drafts?: (drafts: Drafts, timers: Timers) => Drafts;
  readonly purge?: (purge: Purge, beside: { readonly journal: Journal; readonly timers: Timers }) => Purge;
  readonly locks?: () => WindowLocks & { die(): void };
  readonly database?: DatabaseHabits;
  readonly store?: (store: IntakeStore, state: () => MemoryState, timers: Timers) => IntakeStore;
  readonly hubAnswer?: (answer: HubAnswer, request: HubRequest) => HubAnswer;
}
