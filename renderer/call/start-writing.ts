import { type CallId, type StreamId } from '../../shared/ids.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { clockTime } from '../../shared/exports/london.ts';
import { type UtcMs } from '../../shared/time.ts';
import { leftBefore } from '../../shared/sync/leaving.ts';
import { type SaveFacts } from '../../shared/sync/light.ts';
import { refusalWords } from '../../shared/sync/refusal-words.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type StreamRow } from '../store/rows.ts';
import { type Store } from '../store/store.ts';
import { createSyncDriver } from '../sync/driver.ts';
import { askDoubts } from './ask-doubts.ts';
import { createCallBook } from './call-book.ts';
import { createCopies } from './copies.ts';
import { type Recorded, type RunningDesk } from './desk.ts';
import { createDraftKeeper } from './drafts.ts';
import { bringBackForgotten } from './forgotten-streams.ts';
import { createEventLog } from './event-log.ts';
import { type Hello } from './hello.ts';
import { type HubWatch } from './hub-watch.ts';
import { createCallLoader } from './load-calls.ts';
import { createKeptSomewhere } from './kept-somewhere.ts';
import { createMendingReader } from './mending-reader.ts';
import { type Notices } from './notices.ts';
import { createOtherDesks } from './other-desks.ts';
import { createOthersCalls } from './others-calls.ts';
import { createUnsentBook } from './unsent-book.ts';
import { openStreams, PUT_BACK } from './open-streams.ts';
import { type ContentPacks, type DeskPorts } from './ports.ts';
import { createPurger, followJournal } from './purge.ts';
import { lightOfProfile, unsentOf, whereInProfile } from './save-light.ts';
import { createReferralAnswers } from './referral-line.ts';
import { createReceiptKeeper } from './receipt-keeper.ts';
import { createSentBook, newerReceipt } from './sent-book.ts';

/** The writing half of the desk. */
export interface Writing {
  readonly desk: Pick<
    RunningDesk,
    | 'calls'
    | 'call'
    | 'light'
    | 'facts'
    | 'record'
    | 'earlierCalls'
    | 'team'
    | 'referrals'
    | 'continueCall'
    | 'giveBack'
    | 'draft'
    | 'keepDraft'
    | 'where'
    | 'unsent'
    | 'unsentSince'
    | 'halfTyped'
    | 'drafts'
    | 'others'
    | 'refusal'
    | 'enrol'
    | 'doubts'
  >;
  /** A call with nothing in it yet. */
  begin(id: CallId): void;
  /** Resolves once every half-typed text is on the disk, however long that takes. */
  draftsKept(): Promise<void>;
  close(): Promise<void>;
}

export interface WritingPorts {
  readonly ports: DeskPorts;
  readonly bridge: Bridge;
  readonly store: Store;
  readonly hello: Hello;
  readonly packs: ContentPacks;
  readonly hub: HubWatch;
  readonly notices: Notices;
  readonly changed: () => void;
}

/** What the first screen does not wait for begins after this: the calls in hand are there, and it is drawn first. */
const FIRST_SCREEN_MS = 100;

/** Joins the copies, opens the calls in hand, and starts to keep and to send. */
export async function startWriting(given: WritingPorts): Promise<Writing> {
  const { ports, bridge, store, hello, packs, hub, notices, changed } = given;
  const { digest, clock, timers, random } = ports;
  const tell = (sentence: string): void => notices.say(sentence);
  const { id, role } = hello.session.person;
  const book = createCallBook({ id, role }, hello.host.desk);
  const copies = createCopies({ bridge, store, digest, ids: ports.ids, tell });
  await followJournal(bridge, store, tell);
  const opened = await openStreams({ bridge, store, copies, ids: ports.ids, timers, tell });
  const newest = await store.reader.newestReceipt();
  const sent = createSentBook(
    opened.current.acked,
    newerReceipt(newest.ok ? newest.value : undefined, opened.current.receipt),
    opened.earlier,
  );

  const unsent = createUnsentBook(id, (of, after, limit) => store.reader.batch(of, after, limit));
  const fence = createOthersCalls(id, packs);
  const refusals = new Map<StreamId, Fault>();
  const log = createEventLog({
    first: opened.current,
    journalIsAway: !opened.journalIsOpen,
    bridge,
    store,
    copies,
    digest,
    timers,
    random,
    changed: confirmedMore,
    move(events, stream, firstSeq) {
      const moved = book.move(events, stream, firstSeq);
      for (const event of moved) unsent.made(event);
      return moved;
    },
    left(before, last, next) {
      sent.leave(before, last);
      unsent.left(before, last);
      void store.writer.makeCurrent(next).then((made) => {
        if (!made.ok) tell(`The window's database cannot be written: ${made.error.message}.`);
      });
      driver.durable(before, last);
      driver.add(next, { durable: 0, known: 0, acked: 0, verified: true });
    },
    found: (stream) => void takeIn(stream),
    tell,
  });
  const reader = createMendingReader(store, bridge, digest, tell);
  const loader = createCallLoader({ book, store, bridge, reader, packs, fence, timers, changed, tell });
  const driver = createSyncDriver(
    {
      read: (stream, after, limit, upTo) => reader.toSend(stream, after, limit, upTo),
      hashAt: (stream, seq) => reader.hashAt(stream, seq),
      head: (stream) => bridge.call('hub.head', { stream }),
      push: (stream, events) =>
        bridge.call('hub.push', { stream, from: events[0]?.seq ?? 1, events: [...events] }),
      keep: createReceiptKeeper(store, bridge),
      timers,
      now: () => clock.now(),
      random,
    },
    {
      acked(stream, acked, receipts) {
        sent.acked(stream, log.writer().stream, acked, receipts);
        unsent.acked(stream, acked);
        sayLeft();
        changed();
      },
      forked(stream) {
        // An earlier stream is only sent; the hub keeps both events of a number.
        if (stream === log.writer().stream) log.leaveStream(PUT_BACK);
      },
      refused(stream, why) {
        if (why === undefined) refusals.delete(stream);
        else refusals.set(stream, why);
        notices.hold(`refused ${stream}`, why === undefined ? undefined : refusalWords(why));
      },
      told: tell,
    },
  );
  const common = { book, bridge, packs, clock, timers, changed };
  const others = createOtherDesks({
    ...common,
    foreign: store.foreign,
    own: hello.host.desk,
    digest,
    notices,
    current: () => log.writer().stream,
    loadOwn: (call) => loader.one(call),
    resumed(call) {
      resume(call);
      const view = book.get(call);
      if (view !== undefined) book.put({ ...view, resumed: false, continued: true });
    },
  });
  const answers = createReferralAnswers({ bridge, book, timers, notices, loader, record, changed });
  const keptSomewhere = createKeptSomewhere(() => log.writer());
  const drafts = createDraftKeeper({
    kept: hello.drafts,
    save: (draft) => bridge.call('drafts.save', { ...draft, by: id }),
    discard: (key) => bridge.call('drafts.discard', { key, by: id }),
    wordsKept: () => keptSomewhere.wait(),
    clock,
    timers,
    random,
    changed,
  });

  function confirmedMore(): void {
    const writer = log.writer();
    const inDatabase = writer.database.confirmed();
    const inJournal = writer.journal.confirmed();
    // Both copies, as a rule. With one of them failing the hub is the safest place there is: nothing is held back.
    const oneFails = writer.journal.fault() !== undefined || writer.database.fault() !== undefined;
    driver.durable(
      writer.stream,
      oneFails ? Math.max(inDatabase, inJournal) : Math.min(inDatabase, inJournal),
    );
    keptSomewhere.look();
    changed();
  }

  function sendEarlier({ stream, seq, acked }: StreamRow): void {
    driver.add(stream, { durable: seq, known: seq, acked, verified: false });
    // It may be there already, shorter: the journal had more of it.
    driver.durable(stream, seq);
  }

  async function takeIn(stream: StreamId): Promise<void> {
    const rows = await store.reader.streams();
    const row = rows.ok ? rows.value.find((found) => found.stream === stream) : undefined;
    if (row === undefined) return;
    sent.addEarlier(row);
    sendEarlier(row);
    await loader.openCalls();
    await loader.newestCalls();
  }

  function record(id: CallId, happening: unknown): Recorded {
    const writer = log.writer();
    const place = { stream: writer.stream, seq: writer.nextSeq(), now: clock.now() };
    const event = book.happen(id, happening, place);
    if (!event.ok) return { ok: false, why: event.error };
    writer.add(event.value);
    lastWorkAt = clock.now();
    unsent.made(event.value);
    changed();
    return { ok: true, event: event.value };
  }

  let lastWorkAt: UtcMs | undefined;

  /** The call goes on after a stop, or after another desk: that is itself on record. */
  function resume(call: CallId): void {
    const lastEventAt = book.get(call)?.events.at(-1)?.at;
    if (lastEventAt !== undefined) record(call, { type: 'call.resumed', data: { lastEventAt } });
  }

  /** Kept from before and not yet at the hub: said until it has been sent. */
  let left = { mine: 0, others: 0 };
  function sayLeft(): void {
    if (left.mine + left.others === 0) return;
    const now = unsentBefore();
    left = { mine: Math.min(left.mine, now), others: Math.min(left.others, unsent.ofOthers()) };
    notices.hold('left', leftBefore({ ...left, since: unsent.since() }, clockTime));
  }
  const unsentBefore = (): number =>
    unsentTotal() - unsent.ofOthers() - (facts().made - opened.current.head.seq);
  const unsentTotal = (): number => facts().made - sent.current() + unsentOf(sent.earlier());

  async function lookAtUnsent(): Promise<void> {
    const { stream: now, head: end, acked: known } = opened.current;
    await unsent.look([{ stream: now, seq: end.seq, acked: known }, ...opened.earlier]);
    left = { mine: Math.max(0, unsentBefore()), others: unsent.ofOthers() };
    sayLeft();
    changed();
  }

  /** After the calls are there: what is locked is said, and what an older Lantern left readable is put into boxes. */
  async function tidy(): Promise<void> {
    const locked = await store.reader.locked();
    if (locked.ok && locked.value.events > 0) {
      tell(
        `${locked.value.events} event(s) in this window's database are locked: their key could not be opened on this PC. Nothing was deleted.`,
      );
    }
    const sealed = await store.sealPlain();
    if (!sealed.ok)
      tell(`What an older Lantern kept readable could not all be encrypted: ${sealed.error.message}.`);
  }

  function facts(): SaveFacts {
    const writer = log.writer();
    const databaseFault = writer.database.fault();
    const journalFault = writer.journal.fault();
    const receipt = sent.receipt();
    return {
      made: writer.nextSeq() - 1,
      inDatabase: writer.database.confirmed(),
      inJournal: writer.journal.confirmed(),
      acked: sent.current(),
      typing: drafts.unsaved(),
      ...(receipt === undefined ? {} : { receipt: { n: receipt.n, at: receipt.at } }),
      ...(databaseFault === undefined ? {} : { databaseFault }),
      ...(journalFault === undefined ? {} : { journalFault }),
    };
  }

  const { stream, head, inDatabase, inJournal, acked } = opened.current;
  driver.add(stream, {
    durable: Math.min(inDatabase, inJournal),
    known: head.seq,
    acked,
    verified: false,
  });
  // Those with nothing left to send as well: the hub may have been put back to an older copy of itself.
  for (const row of opened.earlier) sendEarlier(row);
  bridge.onOpen(() => {
    log.retryNow();
    driver.hubBack();
    others.hubBack();
    answers.look();
  });
  const stopHearing = bridge.on('hub.changed', ({ reach }) => {
    if (reach !== 'reachable') return;
    driver.hubBack();
    others.hubBack();
    answers.look();
  });
  const stopLeaving = ports.onLeaving?.(() => void drafts.flush());

  // What could not be put back into the database yet is shown from the journal all the same.
  let journalIsOwed = !opened.databaseIsOpen || inDatabase < head.seq;
  const readJournal = async (): Promise<void> => {
    if (journalIsOwed) journalIsOwed = !(await loader.fromJournal());
  };
  await readJournal();
  bridge.onOpen(() => void readJournal());
  if (opened.databaseIsOpen) await others.remember();
  if (opened.databaseIsOpen) await loader.openCalls();
  for (const { id: call, resumed, elsewhere } of book.list()) {
    if (resumed && elsewhere === undefined) resume(call);
  }
  const stopWaiting = timers.after(FIRST_SCREEN_MS, () => {
    void loader
      .newestCalls()
      .then(tidy)
      .then(lookAtUnsent)
      .then(() => others.hubBack())
      .then(() => answers.look());
    if (opened.databaseIsOpen && opened.journalIsOpen) {
      void bringBackForgotten({ bridge, store, copies, current: stream, tell }).then(async (found) => {
        for (const earlier of found) await takeIn(earlier);
      });
    }
  });

  const purger = createPurger({
    ...common,
    store,
    hub,
    drafts,
    tell,
    pace: ports.purgePace,
    lastWorkAt: () => lastWorkAt,
  });

  return {
    begin: (call) => book.begin(call, packs.current),
    draftsKept: () => drafts.kept(),
    desk: {
      calls: () => book.list(),
      call: (call) => book.get(call),
      facts,
      light: () => lightOfProfile(facts(), sent.earlier()),
      where: (event) => whereInProfile(event, log.writer().stream, facts(), sent.earlier()),
      unsent: unsentTotal,
      unsentSince: () => unsent.since(),
      halfTyped: () => drafts.count(),
      drafts: () => drafts.all(),
      others: () => ({ ...fence.counts(), unsent: unsent.ofOthers() }),
      refusal: () => refusals.values().next().value,
      async enrol(code) {
        const answer = await bridge.call('hub.enrol', { code });
        if (answer.ok) driver.hubBack();
        return answer;
      },
      doubts: () => askDoubts(bridge, store, log.writer().stream),
      record,
      earlierCalls: async (ask, limit) => {
        const read = await loader.earlier(ask, limit);
        return read.ok ? read.value : { why: `Earlier calls cannot be read now: ${read.error.message}.` };
      },
      team: () => others.team(),
      referrals: answers,
      continueCall: (call, takeOver) => others.continueHere(call, takeOver),
      giveBack: (call) => others.giveBack(call),
      draft: (key) => drafts.get(key),
      keepDraft: (key, text) => drafts.keep(key, text),
    },
    async close() {
      stopWaiting();
      purger.stop();
      loader.stop();
      others.stop();
      answers.stop();
      stopHearing();
      stopLeaving?.();
      // Once the copies are quiet, a draft whose words are in neither stays on the disk.
      await Promise.all([drafts.flush(), log.close().then(() => keptSomewhere.end())]);
      driver.stop();
      drafts.stop();
    },
  };
}
