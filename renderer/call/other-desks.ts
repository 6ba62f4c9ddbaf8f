import { type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { closingOf } from '../../shared/call/facts.ts';
import { owedIn } from '../../shared/call/work.ts';
import { type Envelope, hashOf, understand } from '../../shared/events/event.ts';
import { type CallId, type DeskId, type Digest, type StreamId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Elsewhere, LOOK_EVERY_MS, whereIsCall } from '../../shared/sync/call-lease.ts';
import { type TakeOverReason } from '../../shared/sync/protocol.ts';
import { type Clock, type Timers } from '../../shared/time.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type ForeignCopies } from '../store/foreign.ts';
import { type CallBook } from './call-book.ts';
import { loadCall } from './call-view.ts';
import { type CallView, type Continued, type GivenBack, type TeamView } from './desk.ts';
import { type Notices } from './notices.ts';
import { type ContentPacks } from './ports.ts';

/** Calls that are begun at one desk and continued at another: who has them, and what the others wrote. */
export interface OtherDesks {
  /** What the last run was told of calls that are elsewhere: before the calls are shown. */
  remember(): Promise<void>;
  team(): TeamView;
  continueHere(call: CallId, takeOver?: TakeOverReason): Promise<Continued>;
  giveBack(call: CallId): Promise<GivenBack>;
  /** The hub can be reached: look now, and from then on regularly. */
  hubBack(): void;
  stop(): void;
}

export interface OtherDesksOptions {
  readonly book: CallBook;
  readonly bridge: Bridge;
  readonly foreign: ForeignCopies;
  readonly packs: ContentPacks;
  readonly own: DeskId;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly notices: Notices;
  /** The stream that is written now: what the hub has of it is here already. */
  readonly current: () => StreamId;
  /** Loads what this desk has of a call, if anything. */
  readonly loadOwn: (call: CallId) => Promise<void>;
  /** Writes down that the call goes on here. */
  readonly resumed: (call: CallId) => void;
  readonly changed: () => void;
}

const NO_HUB_TO_GIVE =
  'The hub cannot be reached, and only the hub can take a call back. The call stays with this desk until it is back.';
const NO_HUB =
  'The hub cannot be reached, and only the hub can give a call to a desk: two desks could otherwise decide for one person without knowing of each other. Until it is back, take a new call (F4) and write down what you are told; emergency (F9) works as always.';

export function createOtherDesks(options: OtherDesksOptions): OtherDesks {
  const { book, bridge, foreign, packs, own, digest, clock, timers, notices, changed } = options;
  let view: TeamView = { page: undefined, heardAt: undefined };
  /** Leases this desk was given, by their number. */
  const fences = new Map<CallId, number>();
  /** How far each call was fetched, in the hub's order. */
  const fetched = new Map<CallId, number>();
  const looked = new Set<CallId>();
  let cancel: () => void = () => undefined;
  let running = false;
  let stopped = false;

  function place(call: CallId, elsewhere: Elsewhere | undefined): void {
    const before = book.get(call)?.elsewhere;
    const isAsBefore = (['since', 'name', 'nobody'] as const).every(
      (one) => before?.[one] === elsewhere?.[one],
    );
    if (isAsBefore) return;
    book.place(call, elsewhere);
    notices.hold(`elsewhere ${call}`, elsewhere === undefined ? undefined : wordsOf(elsewhere));
    void foreign.keepLease({ call, ...(elsewhere === undefined ? {} : { elsewhere }) }).then((kept) => {
      if (!kept.ok) notices.say(`Where a call is could not be kept on this PC: ${kept.error.message}.`);
    });
    changed();
  }

  /** Everything that the hub has and this desk has not, from every other stream. */
  async function fetchCall(call: CallId): Promise<Result<void, Fault>> {
    const all: Envelope[] = [];
    for (let after = fetched.get(call) ?? 0; ;) {
      const page: Result<Output<'hub.callEvents'>, Fault> = await bridge.call('hub.callEvents', {
        call,
        after,
      });
      if (!page.ok) return page;
      all.push(...page.value.events.map(({ event }) => event));
      after = page.value.events.at(-1)?.position ?? after;
      if (page.value.next !== null) continue;
      await takeIn(call, all);
      fetched.set(call, after);
      return ok(undefined);
    }
  }

  async function takeIn(call: CallId, all: readonly Envelope[]): Promise<void> {
    const known = new Set((book.get(call)?.events ?? []).map(({ stream, seq }) => `${stream} ${seq}`));
    const missing = all.filter(
      ({ stream, seq }) => stream !== options.current() && !known.has(`${stream} ${seq}`),
    );
    if (missing.length === 0) return;
    const sound = await Promise.all(
      missing.map(async (event) => (await hashOf(event, digest)) === event.hash),
    );
    if (sound.includes(false))
      notices.say(
        'Something that another desk wrote does not have the hash of its contents. It is shown as the hub has it.',
      );
    const kept = await foreign.keep(missing);
    if (!kept.ok)
      notices.say(
        `What another desk wrote could not be kept on this PC (${kept.error.message}); the hub has it.`,
      );
    if (book.has(call)) {
      book.merge(
        call,
        missing.flatMap((event) => {
          const read = understand(event);
          return read.ok ? [read.value] : [];
        }),
      );
    } else {
      const loaded = loadCall(all, packs);
      if (loaded !== undefined) book.put(loaded.view);
    }
    changed();
  }

  /** Asks where one call is, keeps the lease, and fetches what others wrote. False: the hub did not answer. */
  async function look(call: CallId): Promise<boolean> {
    const holder = await bridge.call('hub.holder', { call });
    if (!holder.ok) return false;
    const where = whereIsCall(holder.value, own);
    looked.add(call);
    const known = book.get(call);
    // What another desk had, and nobody has, was given back: it is not this desk's by that.
    const before = known?.elsewhere;
    const isNobodys = where.at === 'none' && before !== undefined;
    if (isNobodys) place(call, before.nobody === true ? before : nobodys(clock.now()));
    else place(call, where.at === 'elsewhere' ? where.elsewhere : undefined);
    const fence = where.at === 'here' ? where.fence : undefined;
    if (fence === undefined) fences.delete(call);
    else {
      fences.set(call, fence);
      // Lost just now: the next look says to whom.
      await bridge.call('hub.renewLease', { call, fence });
    }
    const isShared = where.at === 'elsewhere' || isNobodys || fence !== undefined;
    return !isShared && (known === undefined || hasBeginning(known)) ? true : (await fetchCall(call)).ok;
  }

  function needsLook(call: CallView): boolean {
    const { picture } = call.snapshot.context;
    const isOver = closingOf(picture) !== undefined && owedIn(picture).length === 0;
    if (isOver) return !hasBeginning(call);
    if (!looked.has(call.id) || fences.has(call.id)) return true;
    // The team's list says who has what, in one answer for all.
    const row = view.page?.calls.find((one) => one.call === call.id);
    return row === undefined || row.desk !== own;
  }

  async function round(): Promise<void> {
    if (running || stopped) return;
    running = true;
    cancel();
    const page = await bridge.call('hub.team', {});
    if (page.ok) {
      view = { page: page.value, heardAt: clock.now() };
      changed();
    }
    let answers = page.ok;
    for (const call of book.list().filter(needsLook)) {
      if (!answers || stopped) break;
      answers = await look(call.id);
    }
    running = false;
    // Away: the heartbeat says when it is back. Busy, or a wrong answer: once more in a while.
    const isAway = !page.ok && page.error.code === 'hub.away';
    if (!stopped && !isAway) cancel = timers.after(LOOK_EVERY_MS, () => void round());
  }

  return {
    async remember() {
      const rows = await foreign.leases();
      if (!rows.ok) return;
      for (const { call, elsewhere } of rows.value) {
        if (elsewhere === undefined) continue;
        book.place(call, elsewhere);
        notices.hold(`elsewhere ${call}`, wordsOf(elsewhere));
      }
    },
    team: () => view,
    async continueHere(call, takeOver) {
      const lease = await bridge.call('hub.lease', {
        call,
        ...(takeOver === undefined ? {} : { takeOver }),
      });
      if (!lease.ok) return refused(lease.error);
      fences.set(call, lease.value.fence);
      looked.add(call);
      if (!book.has(call)) await options.loadOwn(call);
      const got = await fetchCall(call);
      if (!got.ok || !book.has(call)) {
        const why = got.ok ? 'nothing in it can be read here' : got.error.message;
        return {
          kind: 'no',
          why: `The call is this desk’s now, but what was written in it could not be fetched (${why}). Try again.`,
        };
      }
      place(call, undefined);
      options.resumed(call);
      void round();
      return { kind: 'here' };
    },
    async giveBack(call) {
      // The desk that began a call has it without a lease: it gets one, to give that back.
      let fence = fences.get(call);
      if (fence === undefined) {
        const lease = await bridge.call('hub.lease', { call });
        if (!lease.ok) return notGiven(lease.error);
        ({ fence } = lease.value);
        fences.set(call, fence);
      }
      looked.add(call);
      const back = await bridge.call('hub.releaseLease', { call, fence });
      if (!back.ok) return notGiven(back.error);
      fences.delete(call);
      place(call, nobodys(clock.now()));
      void round();
      return { kind: 'done' };
    },
    hubBack: () => void round(),
    stop() {
      stopped = true;
      cancel();
    },
  };
}

/** A call continued here, whose other half was lost with this window's database, begins nowhere. */
const hasBeginning = ({ events }: CallView): boolean => events.some(({ type }) => type === 'call.offered');

const nobodys = (since: number): Elsewhere => ({ since, name: null, nobody: true });

const wordsOf = ({ name, nobody }: Elsewhere): string =>
  nobody === true
    ? 'A call of this desk was given back: no desk has it now. What was written here is kept.'
    : `A call of this desk is with another desk now${name === null ? '' : ` (${name})`}. What was written here is kept.`;

function notGiven({ code, message }: Fault): GivenBack {
  const isAway = code === 'hub.away' || code.startsWith('bridge.');
  return { kind: 'no', why: isAway ? NO_HUB_TO_GIVE : `The hub did not take the call back: ${message}.` };
}

function refused({ code, message }: Fault): Continued {
  if (code === 'lease.held') return { kind: 'held' };
  if (code === 'person.stepUpNeeded') return { kind: 'stepUp' };
  if (code === 'hub.away' || code.startsWith('bridge.')) return { kind: 'no', why: NO_HUB };
  return { kind: 'no', why: `The hub did not give this desk the call: ${message}.` };
}
