import { answerThroughHub } from '../../shared/call/answer-through-hub.ts';
import { handoverState } from '../../shared/call/facts.ts';
import { eventsOf } from '../../shared/call/picture.ts';
import { type Happening } from '../../shared/events/event.ts';
import { type EventRef } from '../../shared/events/vocabulary.ts';
import { type CallId } from '../../shared/ids.ts';
import { type DeskReferral, type Receiver, type ReferralsPage } from '../../shared/referral/exchange.ts';
import { type Timers } from '../../shared/time.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type CallBook } from './call-book.ts';
import { type Recorded } from './desk.ts';
import { type CallLoader } from './load-calls.ts';
import { type Notices } from './notices.ts';

/** Hand-overs that go through the hub: to whom, how far they got, and what was answered. */
export interface ReferralLine {
  /** Teams that take hand-overs through the hub, as it last said; none while nothing was heard. */
  receivers(): readonly Receiver[];
  /** How far a hand-over got, as the hub last said. Undefined: it said nothing of it. */
  of(handover: EventRef): DeskReferral | undefined;
  /** Asks now, and from then on regularly: something was sent, or the hub has come back. */
  look(): void;
}

export const NO_REFERRALS: ReferralLine = {
  receivers: () => [],
  of: () => undefined,
  look: () => undefined,
};

/** How often the hub is asked (ms): while somebody waits for an answer here, and otherwise. */
const WAITING_EVERY_MS = 5_000;
const QUIET_EVERY_MS = 30_000;

export interface ReferralAnswersOptions {
  readonly bridge: Bridge;
  readonly book: CallBook;
  readonly timers: Timers;
  readonly notices: Notices;
  /** Loads what this desk has of a call, unless it is somebody else's. */
  readonly loader: Pick<CallLoader, 'one'>;
  readonly record: (call: CallId, happening: Happening) => Recorded;
  readonly changed: () => void;
}

export interface ReferralAnswers extends ReferralLine {
  stop(): void;
}

/**
 * Asks the hub what came of hand-overs and writes each answer into its call once, as an event of this desk. The event is
 * what counts; what the hub said is only shown until then.
 */
export function createReferralAnswers(options: ReferralAnswersOptions): ReferralAnswers {
  const { bridge, book, timers, notices, loader, record, changed } = options;
  let page: ReferralsPage = { receivers: [], referrals: [] };
  let told = '';
  let cancel = (): void => undefined;
  let running = false;
  let stopped = false;

  async function round(): Promise<void> {
    if (running || stopped) return;
    running = true;
    cancel();
    const answer = await bridge.call('hub.referrals', {});
    if (answer.ok && !stopped) {
      const text = JSON.stringify(answer.value);
      // The same again is the same object: nothing is drawn anew for it.
      if (text !== told) page = answer.value;
      for (const referral of page.referrals) await take(referral);
      if (text !== told) changed();
      told = text;
    }
    running = false;
    if (stopped || (!answer.ok && answer.error.code === 'hub.away')) return;
    cancel = timers.after(isWaiting() ? WAITING_EVERY_MS : QUIET_EVERY_MS, () => void round());
  }

  async function take(referral: DeskReferral): Promise<void> {
    if (referral.answer === null) return;
    if (!book.has(referral.call)) await loader.one(referral.call);
    const view = book.get(referral.call);
    notices.hold(`answer ${referral.id}`, view === undefined ? OF_SOMEBODY_ELSE : undefined);
    if (view === undefined || view.elsewhere !== undefined || view.readOnly !== undefined) return;
    const happening = answerThroughHub(view.snapshot.context.picture, referral);
    if (happening === undefined) return;
    const kept = record(referral.call, happening);
    const why = kept.ok
      ? undefined
      : `An answer that came through the hub could not be kept: ${kept.why.join(' ')}`;
    notices.hold(`answer ${referral.id}`, why);
  }

  /** A hand-over through the hub waits for an answer here: also one that the hub has not heard of yet. */
  const isWaiting = (): boolean =>
    book
      .list()
      .some(({ snapshot: { context } }) =>
        eventsOf(context.picture, 'handover.sent').some(
          (sent) => sent.data.receiver !== undefined && handoverState(context.picture, sent) === 'sent',
        ),
      );

  return {
    receivers: () => page.receivers,
    of: ({ stream, seq }) =>
      page.referrals.find(({ handover }) => handover.stream === stream && handover.seq === seq),
    look: () => void round(),
    stop() {
      stopped = true;
      cancel();
    },
  };
}

const OF_SOMEBODY_ELSE =
  'A team has answered a hand-over in a call that somebody else took at this desk. They see the answer when they sign in; the team list lets anybody go on with the call.';
