import { type ImportKey } from '../../shared/boxes/box.ts';
import { type Session } from '../../shared/bridge/session.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Content } from '../../shared/content/schema.ts';
import { type Digest, type IdSource } from '../../shared/ids.ts';
import { type Clock, type Timers } from '../../shared/time.ts';
import { type SignInDoor } from './session-line.ts';
import { type Connect } from '../bridge/lasting-bridge.ts';
import { type IndexedDb } from '../store/database.ts';
import { type WindowLocks } from '../sync/lock.ts';
import { type Room } from './room-watch.ts';

/** Everything the desk needs from where it runs. A window: `browserPorts()`; `npm run simulate` brings its own. */
export interface DeskPorts {
  readonly connect: Connect;
  readonly indexedDb: IndexedDb;
  readonly locks: WindowLocks;
  readonly digest: Digest;
  /** Takes a data key into care, so that nothing here can read it out again. */
  readonly importKey: ImportKey;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: IdSource;
  /** In [0, 1). */
  readonly random: () => number;
  /** Asks that the database is not cleared when the disk is short; false when that was not promised. */
  readonly persist?: () => Promise<boolean>;
  /** How much of its room for databases the origin uses and may use; either may be left unsaid. */
  readonly room?: () => Promise<Partial<Room>>;
  /** Calls `run` when the window is about to go, or to be hidden. Returns a function that stops listening. */
  readonly onLeaving?: (run: () => void) => () => void;
  /** Shows the door while nobody is signed in; resolves once somebody has come in by it. */
  readonly signIn?: (door: SignInDoor) => Promise<Session>;
  /**
   * Somebody else, or nobody, is signed in where this window's person was. Everything of theirs has been kept and the desk is
   * closed: whoever is there now gets a window of their own.
   */
  readonly onPersonChanged?: () => void;
  /** Faults for whoever looks after the program: codes and field names, never contents. */
  readonly report: (fault: Fault) => void;
  /** When old calls are looked for; the product's own pace when absent. */
  readonly purgePace?: PurgePace;
  /** The packs of clinical content; this build's own when absent. */
  readonly content?: ContentPacks;
}

export interface ContentPacks {
  readonly current: Content;
  byVersion(version: string): Content | undefined;
}

/** When old calls are looked for (ms). */
export interface PurgePace {
  /** After a start, when everything else comes first. */
  readonly first: number;
  readonly every: number;
  /** For so long nobody has written anything at this desk. */
  readonly quiet: number;
}
