import { type Fault } from '../../shared/bridge/frames.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { databaseName, type IndexedDb, LanternDatabase } from './database.ts';
import { faultOf, Refused, storeFault } from './faults.ts';
import { createForeignCopies, type ForeignCopies } from './foreign.ts';
import { createPurgedCopies, type PurgedCopies } from './purged.ts';
import { createReader, type Reader } from './reader.ts';
import { sealPlainRows } from './seal-plain.ts';
import { type Sealer } from './sealer.ts';
import { createWriter, type Run, type Writer } from './writer.ts';

/** The window's copy of the log. It opens at first use, and again when the browser closed it. */
export interface Store {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly foreign: ForeignCopies;
  readonly purged: PurgedCopies;
  /** Opens it now, to learn whether it can be. */
  open(): Promise<Result<void, Fault>>;
  /** Puts into boxes what an older Lantern left readable. Answers how many rows it changed. Safe at any time. */
  sealPlain(): Promise<Result<number, Fault>>;
  close(): void;
}

const OUTDATED = storeFault('store.outdated', '(whole)', 'a newer Lantern has taken over this database');

const WIPED =
  "The browser found this window's database damaged and began an empty one. What the journal on this PC has is put back from there. Tell IT: the disk may be failing.";

/** The browser waits for that window, and goes on by itself when it is gone. */
const BLOCKED =
  'Another Lantern window holds an older form of this database. Close that window: this one then goes on by itself.';

/** Where sentences for the person at this desk go. */
export interface StoreNotices {
  readonly say: (sentence: string) => void;
  /** Says it for as long as it holds; undefined takes it back. */
  readonly hold: (key: string, sentence: string | undefined) => void;
}

export function openStore(
  profile: string,
  indexedDb: IndexedDb,
  sealer: Sealer,
  { say, hold }: StoreNotices,
): Store {
  const database = new LanternDatabase(databaseName(profile), indexedDb, () => say(WIPED));
  let ended = false;
  let outdated = false;
  let opening: Promise<unknown> | undefined;

  database.on('blocked', () => hold('storeBlocked', BLOCKED));
  database.on('versionchange', (event) => {
    // Dexie then closes it. A deleted database may be made again (from the journal); a newer one is not ours.
    if (event.newVersion === null) return;
    outdated = true;
    say('A newer Lantern has taken over this database. Reload this window.');
  });
  database.on('close', () => {
    if (!ended) say("The browser closed this window's database; it is opened again when it is next needed.");
  });

  async function ensureOpen(): Promise<void> {
    if (database.isOpen()) return;
    opening ??= database.open().finally(() => {
      opening = undefined;
      hold('storeBlocked', undefined);
    });
    await opening;
    // Dexie opens a newer form than it knows: nothing is read from it or written to it here.
    if (!database.isNewer()) return;
    outdated = true;
    database.close({ disableAutoOpen: true });
    say(
      "This window's database was made by a newer Lantern and is left as it is. Calls are kept in the journal on this PC and sent from there; start the newer Lantern.",
    );
    throw new Refused(OUTDATED);
  }

  const run: Run = async (work) => {
    if (ended) return err(storeFault('store.closed', '(whole)', 'this window is closing'));
    if (outdated) return err(OUTDATED);
    try {
      await ensureOpen();
      return ok(await work(database));
    } catch (error) {
      return err(faultOf(error));
    }
  };

  return {
    reader: createReader(run, sealer),
    writer: createWriter(run, sealer),
    foreign: createForeignCopies(run, sealer),
    purged: createPurgedCopies(run, sealer),
    open: () => run(() => Promise.resolve()),
    sealPlain: () => sealPlainRows(run, sealer),
    close() {
      ended = true;
      database.close();
    },
  };
}
