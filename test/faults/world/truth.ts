import { openLine } from '../../../main/services/journal/event-line.ts';
import { decodeLines } from '../../../main/services/lines.ts';
import { testVault } from '../../support/vault.ts';
import { type SimulatedDisk } from './disk.ts';
import { type BrowserStorage, type Rows } from './indexed-db.ts';

/** An event's identity: what finds its row, which may itself be in a box. */
export const placeOf = ({ stream, seq }: { stream: string; seq: number }): string => `${stream}/${seq}`;

/** An event wherever it is kept: its identity and its hash. */
export const markOf = ({ stream, seq, hash }: { stream: string; seq: number; hash: string }): string =>
  `${stream}/${seq}/${hash}`;

export const placeIn = (mark: string): string => mark.slice(0, mark.lastIndexOf('/'));
export const placesOf = (marks: ReadonlySet<string>): ReadonlySet<string> => new Set([...marks].map(placeIn));

/** What a PC's platters hold, read past everything under test. */
export interface Truth {
  /** Places of the events in the window's database. */
  database(): ReadonlySet<string>;
  /** Marks of the events in any stream of the journal. */
  journal(): ReadonlySet<string>;
  /** Places that the journal's list calls purged. */
  purged(): ReadonlySet<string>;
  /** How far the hub has a stream, as stored in the database or, while that cannot be, beside the journal. */
  acked(stream: string): number;
}

const NONE: ReadonlySet<string> = new Set();
interface PurgedList {
  readonly streams: readonly {
    readonly stream: string;
    readonly runs: readonly (readonly [number, number])[];
  }[];
}

export function truthOf(storage: BrowserStorage, disk: SimulatedDisk): Truth {
  let rows: Rows | undefined;
  let inDatabase = NONE;
  const parsed = new Map<string, { bytes: Uint8Array; marks: readonly string[] }>();
  let inJournal = NONE;
  let purgedBytes: Uint8Array | undefined;
  let inPurged = NONE;

  return {
    database() {
      const now = storage.rows('events');
      if (now !== rows) inDatabase = new Set([...now.values()].map((row) => placeOf(row as never)));
      rows = now;
      return inDatabase;
    },
    journal() {
      let changed = false;
      for (const path of parsed.keys()) if (!disk.files.has(path)) changed = parsed.delete(path);
      for (const [path, file] of disk.files) {
        if (!path.endsWith('.log') || !path.startsWith('/profile/journal/')) continue;
        const bytes = file.durable();
        if (parsed.get(path)?.bytes === bytes) continue;
        parsed.set(path, { bytes, marks: marksIn(bytes) });
        changed = true;
      }
      if (changed) inJournal = new Set([...parsed.values()].flatMap(({ marks }) => marks));
      return inJournal;
    },
    purged() {
      const bytes = disk.files.get('/profile/journal/purged.json')?.durable();
      if (bytes === purgedBytes) return inPurged;
      purgedBytes = bytes;
      const list =
        bytes === undefined ? { streams: [] } : (JSON.parse(Buffer.from(bytes).toString()) as PurgedList);
      inPurged = new Set(
        list.streams.flatMap(({ stream, runs }) =>
          runs.flatMap(([from, to]) =>
            Array.from({ length: to - from + 1 }, (_, index) => placeOf({ stream, seq: from + index })),
          ),
        ),
      );
      return inPurged;
    },
    acked(stream) {
      const row = storage.rows('streams').get(JSON.stringify(stream)) as { acked: number } | undefined;
      const file = disk.files.get(`/profile/journal/${stream}/acked.json`)?.durable();
      const noted =
        file === undefined ? undefined : (JSON.parse(Buffer.from(file).toString()) as { acked: number });
      return Math.max(row?.acked ?? 0, noted?.acked ?? 0);
    },
  };
}

const vault = testVault();
const marksIn = (bytes: Uint8Array): string[] =>
  decodeLines(bytes).flatMap(({ value }) => {
    const line = openLine(vault, value);
    return line.kind === 'event' ? [markOf(line.event)] : [];
  });
