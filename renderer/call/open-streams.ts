import { type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { EMPTY_HEAD, type Head } from '../../shared/events/chain.ts';
import { type IdSource, streamId, type StreamId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Receipt } from '../../shared/sync/protocol.ts';
import { purgedHash, type PurgedRun } from '../../shared/sync/purge.ts';
import { decideStream, reconcile } from '../../shared/sync/reconcile.ts';
import { type Timers } from '../../shared/time.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type StreamRow } from '../store/rows.ts';
import { type Store } from '../store/store.ts';
import { type Copies } from './copies.ts';

/** Which stream this run writes, and where its two copies stand. */
export interface OpenStream {
  readonly stream: StreamId;
  readonly head: Head;
  readonly inDatabase: number;
  readonly inJournal: number;
  readonly acked: number;
  /** The newest receipt that the journal was given while the database could not be written. */
  readonly receipt: Receipt | undefined;
}
export interface OpenedStreams {
  readonly current: OpenStream;
  readonly earlier: readonly StreamRow[];
  /** The journal answered, so it keeps `current.stream`. */
  readonly journalIsOpen: boolean;
  readonly databaseIsOpen: boolean;
}

export interface OpenStreamsPorts {
  readonly bridge: Bridge;
  readonly store: Store;
  readonly copies: Copies;
  readonly ids: IdSource;
  readonly timers: Timers;
  readonly tell: (sentence: string) => void;
}

/** The start does not wait longer than this for the hub; the sync driver asks again later. */
const HUB_PATIENCE_MS = 1_000;

/**
 * Brings the two copies together at start and decides which stream is written. Never fails: with one copy away
 * the desk works with the other, and the writer's lanes bring the lost one up when it is back.
 */
export async function openStreams(ports: OpenStreamsPorts): Promise<OpenedStreams> {
  const { store, copies, ids, tell } = ports;
  const rows = await store.reader.streams();
  if (!rows.ok) tell(`The window's database cannot be used: ${rows.error.message}.`);
  const known = rows.ok ? rows.value : [];
  const wasCurrent = [...known]
    .toSorted((a, b) => (a.stream < b.stream ? 1 : -1))
    .find(({ role }) => role === 'current');
  // The hub is asked about the stream that this will be, as a rule, while the journal is being opened.
  const asked = wasCurrent && { stream: wasCurrent.stream, answer: askHub(ports, wasCurrent.stream) };
  const journal = await copies.openJournal(wasCurrent?.stream);
  if (!journal.ok) {
    tell(`The journal on this PC cannot be used: ${journal.error.message}.`);
    // It may have more of the old stream than this window: to write on there could use a number a second time.
    return finish(ports, ownStream(ids), known, { journalIsOpen: false, databaseIsOpen: rows.ok });
  }
  for (const repair of journal.value.repairs) tell(repair);
  const { stream, head, acked: ackedInJournal, receipt } = journal.value;
  const row = known.find((candidate) => candidate.stream === stream);
  if (wasCurrent !== undefined && wasCurrent.stream !== stream) {
    tell(
      'The journal on this PC keeps another stream than this window had. What was written before is sent from this window.',
    );
  }
  if (!rows.ok) {
    const sent = { acked: Math.min(ackedInJournal, head.seq), receipt };
    const current = { stream, head, inDatabase: 0, inJournal: head.seq, ...sent };
    return finish(ports, current, known, { journalIsOpen: true, databaseIsOpen: false });
  }
  const joined = await joinCopies(ports, journal.value, row);
  const current = joined === 'forked' ? undefined : await unlessPutBack(ports, joined, asked);
  const reason = joined === 'forked' ? FORKED : PUT_BACK;
  const used = current ?? (await startNewStream(ports, reason)) ?? (joined === 'forked' ? undefined : joined);
  if (used !== undefined) return finish(ports, used, known, { journalIsOpen: true, databaseIsOpen: true });
  // A fork, and no new stream to be had from the journal: a stream of the window's own, until it can be joined.
  return finish(ports, ownStream(ids), known, { journalIsOpen: false, databaseIsOpen: true });
}

export const FORKED = 'the two copies on this PC hold different events under the same number';
export const PUT_BACK = 'this profile was put back to an older copy of itself';

const ownStream = (ids: IdSource): OpenStream => emptyStream(streamId.parse(ids.next()), EMPTY_HEAD);

const headOf = ({ seq, hash }: Head): Head => ({ seq, hash });

async function joinCopies(
  { bridge, store, copies, tell }: OpenStreamsPorts,
  kept: Output<'journal.open'>,
  row: StreamRow | undefined,
): Promise<OpenStream | 'forked'> {
  const { stream, head: journal, receipt } = kept;
  const database = headOf(row ?? EMPTY_HEAD);
  const acked = Math.max(row?.acked ?? 0, Math.min(kept.acked, Math.max(database.seq, journal.seq)));
  const shared = await hashInLonger(bridge, store, stream, database, journal);
  const verdict = reconcile(database, journal, shared);
  const setAside = async (): Promise<'forked'> => {
    const aside = await copies.setAsideJournal(stream);
    if (!aside.ok) tell(`The journal's own events could not be set aside here: ${aside.error.message}.`);
    return 'forked';
  };
  switch (verdict.kind) {
    case 'agree':
      return { stream, head: database, inDatabase: database.seq, inJournal: journal.seq, acked, receipt };
    case 'copyToJournal':
      // The writer's journal lane does it, beside the first events: nobody waits for it.
      return { stream, head: database, inDatabase: database.seq, inJournal: journal.seq, acked, receipt };
    case 'copyToDatabase': {
      const copied = await copies.toDatabase(stream, database, headOf(journal));
      if (copied.ok)
        tell(`${journal.seq - database.seq} event(s) were put back into this window from the journal.`);
      else if (copied.error.code.startsWith('copy.')) return setAside();
      else tell(`Events of the journal could not be put back into this window: ${copied.error.message}.`);
      const inDatabase = copied.ok ? journal.seq : database.seq;
      return { stream, head: journal, inDatabase, inJournal: journal.seq, acked, receipt };
    }
    case 'forked':
      return setAside();
  }
}

/** The hash that the longer copy has at the shorter one's end. */
async function hashInLonger(
  bridge: Bridge,
  store: Store,
  stream: StreamId,
  database: Head,
  journal: Head,
): Promise<string | undefined> {
  const seq = Math.min(database.seq, journal.seq);
  if (seq === 0) return undefined;
  if (database.seq === journal.seq) return journal.hash === database.hash ? journal.hash : undefined;
  if (database.seq > journal.seq) {
    const page = await store.reader.batch(stream, seq - 1, 1);
    const own = page.ok ? page.value.events.find((event) => event.seq === seq)?.hash : undefined;
    return own ?? purgedHash(await purgedHere(store, stream), seq);
  }
  const page = await bridge.call('journal.read', { after: seq - 1, limit: 1 });
  const kept = page.ok ? page.value.events.find((event) => event.seq === seq)?.hash : undefined;
  // What the journal has purged is remembered here before the copies are compared.
  return kept ?? purgedHash(await purgedHere(store, stream), seq);
}

async function purgedHere(store: Store, stream: StreamId): Promise<readonly PurgedRun[]> {
  const runs = await store.purged.runs();
  return runs.ok ? (runs.value.get(stream) ?? []) : [];
}

type HeadAnswer = Result<Output<'hub.head'>, Fault> | undefined;

/** What the hub has of a stream; undefined when it takes its time. */
const askHub = ({ bridge, timers }: OpenStreamsPorts, stream: StreamId): Promise<HeadAnswer> =>
  Promise.race([
    bridge.call('hub.head', { stream }),
    new Promise<undefined>((resolve) => timers.after(HUB_PATIENCE_MS, () => resolve(undefined))),
  ]);

/** The stream, unless the hub shows that writing on would use numbers a second time. */
async function unlessPutBack(
  ports: OpenStreamsPorts,
  open: OpenStream,
  asked: { readonly stream: StreamId; readonly answer: Promise<HeadAnswer> } | undefined,
): Promise<OpenStream | undefined> {
  const hub = await (asked?.stream === open.stream ? asked.answer : askHub(ports, open.stream));
  if (hub === undefined || !hub.ok) return open;
  return decideStream(open.head, hub.value) === 'startNew' ? undefined : open;
}

async function startNewStream(ports: OpenStreamsPorts, reason: string): Promise<OpenStream | undefined> {
  const made = await newStream(ports.bridge, reason);
  if (!made.ok) {
    ports.tell(`A new stream could not be started: ${made.error.message}.`);
    return undefined;
  }
  ports.tell(`A new stream was started, because ${reason}. Everything written before is kept.`);
  return made.value;
}

/** Asks the journal for a new stream. */
export async function newStream(bridge: Bridge, reason: string): Promise<Result<OpenStream, Fault>> {
  const made = await bridge.call('journal.newStream', { reason });
  if (!made.ok) return made;
  const { stream, head } = made.value;
  return ok(emptyStream(stream, head));
}

const emptyStream = (stream: StreamId, head: Head): OpenStream => ({
  stream,
  head,
  inDatabase: head.seq,
  inJournal: head.seq,
  acked: 0,
  receipt: undefined,
});

async function finish(
  { store, tell }: OpenStreamsPorts,
  current: OpenStream,
  known: readonly StreamRow[],
  open: { journalIsOpen: boolean; databaseIsOpen: boolean },
): Promise<OpenedStreams> {
  const made = await store.writer.makeCurrent(current.stream);
  if (!made.ok && open.databaseIsOpen)
    tell(`The window's database cannot be written: ${made.error.message}.`);
  // Read again: copying may have moved their ends.
  const rows = await store.reader.streams();
  const earlier = (rows.ok ? rows.value : known).filter(({ stream }) => stream !== current.stream);
  return { current, earlier, ...open };
}
