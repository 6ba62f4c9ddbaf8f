import { type HubState, type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type DeskReport, type DirectoryAnswer, type SharedFlag } from '../../shared/directory/exchange.ts';
import { type CallId, type StreamId } from '../../shared/ids.ts';
import { type ReferralsPage } from '../../shared/referral/exchange.ts';
import { type Result } from '../../shared/result.ts';
import {
  type CallHolder,
  type Lease,
  type PushResponse,
  type SentItem,
  type StreamHead,
  type TakeOverReason,
} from '../../shared/sync/protocol.ts';
import { type TeamPage } from '../../shared/sync/team.ts';
import { type UtcMs } from '../../shared/time.ts';

/**
 * What is at the other end of the desk's line. `services/hub/link.ts` is the hub; the training world has a stand-in in this
 * very process (`services/training/practice-hub.ts`) and no way to the other.
 */
export interface HubLink {
  state(): HubState;
  head(stream: StreamId): Promise<Result<StreamHead, Fault>>;
  /** Sends a batch once; whoever calls decides when to try again. */
  push(batch: {
    stream: StreamId;
    from: number;
    events: readonly SentItem[];
  }): Promise<Result<PushResponse, Fault>>;
  /** Registers this desk's key with a code that works once, as when its enrolment has ended. */
  enrol(code: string): Promise<Result<Record<string, never>, Fault>>;
  /** What the hub flagged or could not read of a stream; at most a page of each. */
  doubts(stream: StreamId): Promise<Result<Output<'hub.doubts'>, Fault>>;
  readonly calls: CallsAtHub;
  readonly directory: DirectoryAtHub;
  /** Begins the heartbeat. `changed` is called when what a person would see has changed. */
  start(changed: (state: HubState) => void): void;
  stop(): void;
}

/** Calls as the hub has them: the team's, who has which, and what other desks wrote. */
export interface CallsAtHub {
  team(): Promise<Result<TeamPage, Fault>>;
  /** Links to pages are whole addresses, below this desk's own where the hub does not say how receivers reach it. */
  referrals(): Promise<Result<ReferralsPage, Fault>>;
  holder(call: CallId): Promise<Result<CallHolder, Fault>>;
  lease(call: CallId, takeOver: TakeOverReason | undefined): Promise<Result<Lease, Fault>>;
  renew(call: CallId, fence: number): Promise<Result<Lease, Fault>>;
  release(call: CallId, fence: number): Promise<Result<Lease, Fault>>;
  events(call: CallId, after: number): Promise<Result<Output<'hub.callEvents'>, Fault>>;
}

/** The directory as the hub has it. */
export interface DirectoryAtHub {
  /** What leads from the version held to the present one; undefined when it is the present one. */
  since(
    held: { readonly version: number; readonly madeAt: UtcMs } | undefined,
  ): Promise<Result<DirectoryAnswer | undefined, Fault>>;
  flags(): Promise<Result<readonly SharedFlag[], Fault>>;
  /** Ids that are on the hub's disk now. */
  report(reports: readonly DeskReport[]): Promise<Result<readonly string[], Fault>>;
}
