import { describe, expect, test } from 'vitest';
import { type Action, type Schedule } from './action.ts';
import { type Habits } from './habits.ts';
import { type WrongKind } from './ledger.ts';
import { PLANTED } from './planted/bugs.ts';
import { play } from './play.ts';

// One test for each cause by which others lost or misreported data. Each plays the cause against Lantern as it is,
// where nothing may be wrong, and, where the mistake itself can be put around a port, against Lantern with the mistake,
// where it must show: so that a test which passes has also been seen to fail.

interface Cause {
  readonly cause: string;
  /** Who it happened to. */
  readonly who: string;
  readonly schedule: Schedule;
  /** The planted bug that is this cause, and how it shows. */
  readonly planted?: string;
  readonly shows?: readonly WrongKind[];
  readonly desks?: number;
}

const note = (count = 1): Action => ({ do: 'note', desk: 0, count });
const wait = (ms: number): Action => ({ do: 'advance', ms });
const start: Action = { do: 'start', desk: 0 };
const type: Action = { do: 'type', desk: 0 };
const kill = (what: 'window' | 'main' | 'both' | 'power', after = 0): Action => ({
  do: 'kill',
  desk: 0,
  what,
  after,
  torn: 0.5,
});
const hub = (is: 'busy' | 'overrun' | 'refusing' | 'well' | 'start'): Action => ({
  do: 'hub',
  which: 0,
  is,
  after: 0,
});
const network = (is: 'part' | 'heal'): Action => ({ do: 'network', desk: 0, is, ms: 0, count: 1 });
const drop = (count: number): Action => ({ do: 'network', desk: 0, is: 'drop', ms: 0, count });
const storage = (is: 'good' | 'full' | 'commit'): Action => ({ do: 'storage', desk: 0, is });
const lose = (what: 'database' | 'journal' | 'journalEvents' | 'journalEnd'): Action => ({
  do: 'lose',
  desk: 0,
  what,
});
const signIn = (role: 'adviser' | 'clinician'): Action => ({ do: 'signIn', desk: 0, role });
const database = (is: 'kill' | 'failOver' | 'start' | 'backUp' | 'restore', after = 0): Action => ({
  do: 'database',
  is,
  after,
});

/** The next person signs in at a PC whose last user left something unsent. */
const nextPerson: Schedule = [
  network('part'),
  note(3),
  wait(300),
  kill('both'),
  signIn('clinician'),
  start,
  network('heal'),
  wait(12_000),
];

const CAUSES: readonly Cause[] = [
  {
    cause: 'relaxed durability: "complete" comes before the disk has anything',
    who: 'Chromium since 121; Replicache, Triplit and Dexie leave it so; bitburner 2833',
    schedule: [note(3), wait(40), kill('power'), start],
    planted: 'relaxed durability in IndexedDB',
    shows: ['false light'],
  },
  {
    cause: 'the request’s success is taken for the commit, which then fails',
    who: 'MetaMask extension 46195',
    schedule: [note(), storage('commit'), note(2), wait(300)],
    planted: 'a put’s onsuccess is taken for the commit, not the transaction’s oncomplete',
    shows: ['false light'],
  },
  {
    cause: 'a quota error is swallowed: nobody learns that nothing was stored',
    who: 'TinyBase 145, y-indexeddb 42',
    schedule: [note(), storage('full'), note(2), wait(300)],
    planted: 'a quota error is swallowed',
    shows: ['false light'],
  },
  {
    cause: 'IndexedDB is wiped by a full disk',
    who: 'Electron 41877, Expensify 87862, super-productivity 8540',
    schedule: [
      note(3),
      wait(300),
      kill('both'),
      lose('database'),
      { do: 'disk', desk: 0, is: 'full', by: 200 },
      start,
      wait(2_500),
    ],
  },
  {
    cause: 'IndexedDB is deleted by an update or a downgrade, with words unsent',
    who: 'Electron 38616, 24882, 21558; Signal 797, 1081',
    schedule: [network('part'), note(4), wait(300), kill('both'), lose('database'), start, wait(2_500)],
  },
  {
    cause: 'the file that is written is not synced when power goes',
    who: 'a journal without fsync',
    schedule: [note(3), wait(40), kill('power'), start],
    planted: 'the journal is written without fsync',
    shows: ['false light', 'draft lost'],
  },
  {
    cause: 'a torn or lost log loses what another copy still has',
    who: 'Automerge 60, 367, automerge-repo-rs 52',
    schedule: [
      network('part'),
      note(4),
      wait(300),
      kill('both'),
      lose('journalEnd'),
      start,
      note(2),
      wait(2_500),
      kill('both'),
      lose('journal'),
      start,
    ],
  },
  {
    cause: 'replacing means deleting and then adding, and the crash comes between',
    who: 'OpenMRS sync.ts, conf 152, Mattermost',
    schedule: [
      type,
      wait(700),
      kill('both'),
      start,
      wait(15),
      kill('both', 12),
      wait(15),
      start,
      wait(700),
      kill('both'),
      start,
    ],
  },
  {
    cause: 'a refusal (4xx, 409) counts as sent, and the item is dropped',
    who: 'Llámenos v2 offline queue, SurveyJS sample',
    schedule: [note(), wait(300), hub('refusing'), note(3), wait(2_500), hub('well')],
    planted: 'a refused batch (4xx) is dropped from the queue',
    shows: ['false light'],
  },
  {
    cause: 'retrying ends after so many failures',
    who: 'Llámenos (10 tries), Dexie Cloud (four waits)',
    schedule: [
      note(),
      wait(300),
      hub('refusing'),
      note(3),
      ...Array.from({ length: 12 }, () => wait(60_000)),
      hub('well'),
    ],
    planted: 'retrying is given up after ten failures',
    shows: ['stuck'],
  },
  {
    cause: 'one bad mutation blocks the queue for ever',
    who: 'Dexie Cloud 2228, 2225; PowerSync sqlite-core 162',
    schedule: [
      { do: 'clock', who: 0, ms: 40 * 86_400_000 },
      note(),
      { do: 'clock', who: 0, ms: -40 * 86_400_000 },
      note(3),
      wait(2_500),
    ],
    planted: 'one event that the hub doubts blocks everything behind it',
    shows: ['stuck'],
  },
  {
    cause: 'the light goes by what was sent: 23 hours of notes behind a green tick',
    who: 'BookStack 2150, CHT 5108',
    schedule: [network('part'), note(3), wait(2_500)],
    planted: 'the light goes by what was sent, not by a receipt',
    shows: ['false light'],
  },
  {
    cause: 'the server acknowledges before it has stored anything',
    who: 'Evolu 660',
    schedule: [note(3), wait(15), wait(15), database('kill'), database('start'), wait(2_500)],
    planted: 'the hub sends the receipt before it commits',
    shows: ['false light', 'lost'],
  },
  {
    cause: 'a failover forgets what was acknowledged',
    who: 'an asynchronous standby',
    schedule: [note(), wait(300), note(2), wait(300), database('failOver'), wait(12_000)],
    planted: 'a standby that lags one commit takes over',
    shows: ['false light', 'lost'],
  },
  {
    cause: 'a push error moves the checkpoint, and what was not sent is skipped',
    who: 'RxDB 3103, 2552',
    schedule: [note(), wait(300), network('part'), note(3), wait(12_000)],
    planted: 'the checkpoint moves on although the push failed',
    shows: ['false light'],
  },
  {
    cause: 'the queue is written and never read again after a restart',
    who: 'Llámenos v2 (decryptIfNeeded has no caller)',
    schedule: [network('part'), note(4), wait(300), kill('both'), start, network('heal'), wait(12_000)],
    planted: 'the queue is forgotten at a restart',
    shows: ['false light', 'lost', 'stuck'],
  },
  {
    cause: 'a mutation sent again after silence is a second one',
    who: 'Replicache’s lmid and Aselo’s task ids are answers to it',
    schedule: [
      note(),
      wait(300),
      drop(0),
      { do: 'network', desk: 0, is: 'delay', ms: 15_000, count: 2 },
      note(2),
      wait(60_000),
    ],
    planted: 'a retry after silence is a new message',
    shows: ['doubled', 'chain broken', 'false light'],
  },
  {
    cause: 'the next user’s sync deletes what the user before left unsent',
    who: 'Eventra 9001, 9036',
    schedule: nextPerson,
    planted: 'the next person’s sync deletes what an earlier person left unsent',
    shows: ['false light', 'lost'],
  },
  {
    cause: 'the next user’s sync sends the user before’s words under the wrong name',
    who: 'Eventra 2749',
    schedule: nextPerson,
    planted: 'the next person’s sync puts their name on what an earlier person left unsent',
    shows: ['wrong author', 'chain broken', 'false light'],
  },
  {
    cause: 'two tabs write the same log',
    who: 'WatermelonDB, LokiJS 643; PowerSync 664',
    schedule: [note(), { do: 'secondWindow', desk: 0 }, wait(2_500), note(2), wait(300)],
    planted: 'a second window writes the same stream',
    shows: ['two writers', 'false light', 'lost', 'stuck'],
  },
  {
    cause: 'a numbering starts again at a restart, and old numbers are used twice',
    who: 'PouchDB and CouchDB after a restored server; Zero 6340',
    schedule: [note(2), wait(300), kill('both'), start, note(2), wait(2_500)],
    planted: 'numbers begin again after a restart',
    shows: ['false light', 'lost', 'stuck'],
  },
  {
    cause: 'a server put back to a backup is believed to have everything',
    who: 'RxDB 5843, CHT 11306',
    schedule: [
      note(),
      wait(300),
      database('backUp'),
      note(2),
      wait(2_500),
      database('restore'),
      wait(60_000),
      note(),
      wait(12_000),
    ],
    planted: 'a hub that was put back to an older copy is not noticed',
    shows: ['stuck', 'lost'],
  },
  {
    cause: 'typing is lost because drafts are kept too seldom',
    who: 'Yjs 650; autosave at intervals',
    schedule: [type, wait(700), type, wait(700), kill('both'), start, wait(2_500)],
    planted: 'a draft is kept only every two seconds',
    shows: ['draft lost'],
  },
  {
    cause: 'a crash in the middle of a write blocks sync for ever',
    who: 'PowerSync sqlite-core 162, 785, 786',
    schedule: [
      note(2),
      kill('power', 9),
      note(2),
      start,
      wait(300),
      kill('power', 14),
      note(2),
      start,
      wait(2_500),
    ],
  },
  {
    cause: 'a save before the load has ended overwrites what was there',
    who: 'TinyBase 186, Automerge 367',
    schedule: [
      network('part'),
      note(4),
      wait(300),
      kill('both'),
      start,
      note(2),
      kill('both', 5),
      wait(300),
      start,
      note(1),
      network('heal'),
      wait(12_000),
    ],
  },
  {
    cause: 'what a client left unsent for weeks is collected as old',
    who: 'Zero 3710 and 3719, Replicache (24 hours)',
    schedule: [
      network('part'),
      note(4),
      wait(300),
      kill('both'),
      { do: 'clock', who: 0, ms: 40 * 86_400_000 },
      start,
      wait(2_500),
      network('heal'),
      wait(12_000),
    ],
  },
  {
    cause: 'connected, and nothing gets through: what waits goes as soon as anything does',
    who: 'Dexie Cloud 2225 (seven mutations for six hours), PowerSync 1058',
    schedule: [
      note(),
      wait(300),
      { do: 'network', desk: 0, is: 'drop', ms: 0, count: 40 },
      note(3),
      wait(60_000),
      note(2),
      wait(60_000),
      wait(60_000),
    ],
  },
  {
    cause: 'rows are gone after somebody has signed in',
    who: 'Dexie Cloud 2140, 1903',
    schedule: [
      note(3),
      wait(300),
      { do: 'nextPerson', desk: 0, role: 'clinician', by: 'signOut' },
      wait(2_500),
      note(2),
      { do: 'nextPerson', desk: 0, role: 'adviser', by: 'restart' },
      wait(2_500),
      note(),
      wait(300),
    ],
  },
  {
    cause: 'a herd of clients comes back and is refused: the queue is given up',
    who: 'full jitter without a maximum; Triplit and PowerSync retry at fixed times',
    schedule: [
      hub('overrun'),
      note(2),
      { do: 'note', desk: 1, count: 2 },
      wait(60_000),
      hub('busy'),
      wait(60_000),
      hub('well'),
    ],
    desks: 2,
  },
];

const bugOf = (name: string): (() => Habits) => {
  const bug = PLANTED.find((planted) => planted.name === name);
  if (bug === undefined) throw new Error(`no planted bug is called "${name}"`);
  return bug.habits;
};

for (const { cause, who, schedule, planted, shows = [], desks = 1 } of CAUSES) {
  describe(`${cause} (${who})`, () => {
    test('loses nothing here', async () => {
      const { wrong, acknowledged } = await play(schedule, { seed: 1, desks, habits: {} });
      expect(wrong).toBeUndefined();
      if (schedule.some((action) => action.do === 'note')) expect(acknowledged).toBeGreaterThan(0);
    });

    if (planted === undefined) return;
    test('would be seen here', async () => {
      const { wrong } = await play(schedule, { seed: 1, desks, habits: bugOf(planted)() });
      expect(shows).toContain(wrong?.kind);
    });
  });
}
