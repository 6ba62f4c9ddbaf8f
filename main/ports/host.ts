import { type HostDescription } from '../../shared/bridge/contract.ts';
import { type IdSource } from '../../shared/ids.ts';
import { type Role } from '../../shared/events/vocabulary.ts';
import { type Clock, type Timers } from '../../shared/time.ts';
import { type Disk } from './disk.ts';
import { type KeyStore, type RecoveryKey } from './key-store.ts';
import { type Log } from './log.ts';
import { type PolicyKeeper } from './policy.ts';
import { type Printing } from './printing.ts';
import { type OpenSettingsStore } from './settings-store.ts';

/** `fetch` as the host has it: Node's own, or Electron's `net.fetch` (Chromium's proxy and certificates). */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** `training`: practice calls, with nothing at the other end. */
type ProfileKind = HostDescription['profile']['kind'];

export interface Recovery {
  readonly key?: RecoveryKey | undefined;
  readonly notices: readonly string[];
}

/** What every desk needs from its host, in either world. The services know nothing else about where they run. */
export interface DeskPorts {
  readonly host: 'electron' | 'browser';
  readonly version: string;
  /** `folder` is used by one process only; `name` also names the window's database. */
  readonly profile: { readonly name: string; readonly kind: ProfileKind; readonly folder: string };
  /** A postcode index made by `npm run postcodes`; the invented sample when absent. */
  readonly postcodes?: string | undefined;
  /** As whom the development profile signs in. */
  readonly role: Role;
  /** Whether the operating system hands `lantern://` links to this host. */
  readonly deepLinks: boolean;
  /** Sentences for the screen about what this host lacks. */
  readonly notices: readonly string[];
  readonly keyStore: (profileFolder: string, disk: Disk) => Promise<KeyStore>;
  /** The organisation's recovery key, when one is configured, and what was wrong with it, for the screen. */
  readonly recovery?: Recovery;
  /** Absent where the page prints by itself. */
  readonly printing?: Printing;
  readonly openSettingsStore: OpenSettingsStore;
  /** Absent: nothing manages this desk. */
  readonly policy?: PolicyKeeper;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: IdSource;
  readonly log: Log;
}

/** What only a desk that takes real calls has: a hub, a way to it, and a pack for when both are gone. */
export interface HostPorts extends DeskPorts {
  readonly hub: { readonly url: URL; readonly enrolCode?: string | undefined };
  /** Where the downtime pack is kept for IT to reach; in the profile folder when absent. */
  readonly packFolder?: string;
  readonly fetch: Fetch;
  /** Opens a sign-in page in the system's own browser; absent where the window is in one already. */
  readonly openAddress?: (address: string) => Promise<boolean>;
  /** As which of the demonstration issuer's people to sign in at the start: LANTERN_SIGN_IN_AS. */
  readonly signInAs?: string | undefined;
}
