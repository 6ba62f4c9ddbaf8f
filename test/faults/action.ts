import { type Role } from '../../shared/events/vocabulary.ts';

/**
 * One step of a schedule: what a person does, or what befalls the machines. Every action is harmless where it does
 * not apply, so that a schedule stays one when others are taken out of it.
 */
export type Action =
  | { readonly do: 'note'; readonly desk: number; readonly count: number }
  | { readonly do: 'newCall' | 'type' | 'closeCall'; readonly desk: number }
  | { readonly do: 'secondWindow' | 'closeWindow'; readonly desk: number }
  | { readonly do: 'advance'; readonly ms: number }
  /** Dies after so many more crossings of this PC (0: now). `torn`: share of the unsynced bytes the platter gets. */
  | {
      readonly do: 'kill';
      readonly desk: number;
      readonly what: 'window' | 'main' | 'both' | 'power';
      readonly after: number;
      readonly torn: number;
    }
  | { readonly do: 'start'; readonly desk: number }
  | { readonly do: 'signIn'; readonly desk: number; readonly role: Role }
  /** Somebody else is signed in under an open window: by a restart of the main process, or because the session was ended. */
  | {
      readonly do: 'nextPerson';
      readonly desk: number;
      readonly role: Role;
      readonly by: 'restart' | 'signOut';
    }
  | { readonly do: 'line'; readonly desk: number; readonly is: 'cut' | 'good' }
  | {
      readonly do: 'disk';
      readonly desk: number;
      readonly is: 'good' | 'full' | 'slow' | 'failSync' | 'failWrite';
      /** Bytes left, ms, or how many times. */
      readonly by: number;
    }
  | { readonly do: 'storage'; readonly desk: number; readonly is: 'good' | 'full' | 'commit' }
  /** Loses one local copy while nothing runs, if the other has everything. */
  | {
      readonly do: 'lose';
      readonly desk: number;
      readonly what: 'database' | 'journal' | 'journalEvents' | 'journalEnd';
    }
  | { readonly do: 'clock'; readonly who: number | 'hub'; readonly ms: number }
  | {
      readonly do: 'network';
      readonly desk: number;
      readonly is: 'part' | 'heal' | 'drop' | 'delay' | 'repeat';
      readonly ms: number;
      readonly count: number;
    }
  | {
      readonly do: 'hub';
      readonly which: number;
      readonly is: 'kill' | 'start' | 'busy' | 'overrun' | 'refusing' | 'well';
      readonly after: number;
    }
  | {
      readonly do: 'database';
      readonly is: 'kill' | 'failOver' | 'start' | 'backUp' | 'restore';
      readonly after: number;
    };

export type Schedule = readonly Action[];
