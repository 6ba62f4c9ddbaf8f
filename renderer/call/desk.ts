import {
  type Draft,
  type HostDescription,
  type HubState,
  type Output,
  type PackStatus,
} from '../../shared/bridge/contract.ts';
import { type SessionLine } from './session-line.ts';
import { type Session } from '../../shared/bridge/session.ts';
import { type DirectoryLine } from './directory-line.ts';
import { type PolicyReport } from '../../shared/policy/report.ts';
import { type Room } from './room-watch.ts';
import { type ReferralLine } from './referral-line.ts';
import { type Settings } from '../../shared/policy/policy.ts';
import { type CallSnapshot } from '../../shared/call/machine.ts';
import { type Content } from '../../shared/content/schema.ts';
import { type CallEvent, type Happening } from '../../shared/events/event.ts';
import { type EventRef } from '../../shared/events/vocabulary.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type CallId, type StreamId } from '../../shared/ids.ts';
import { type Result } from '../../shared/result.ts';
import { type Light, type SaveFacts } from '../../shared/sync/light.ts';
import { type Elsewhere } from '../../shared/sync/call-lease.ts';
import { type TakeOverReason } from '../../shared/sync/protocol.ts';
import { type TeamPage } from '../../shared/sync/team.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type TrainingLine } from './training-line.ts';

/** One call as the screens see it: a projection of its events and nothing else. */
export interface CallView {
  readonly id: CallId;
  readonly content: Content;
  readonly snapshot: CallSnapshot;
  /** In order of the log. */
  readonly events: readonly CallEvent[];
  /** Opened again after a crash or restart, and not yet looked at. */
  readonly resumed: boolean;
  /** Why nothing can be added to this call here, when that is so. */
  readonly readOnly?: string;
  /** This desk has not got this call. Here only what `isWrittenWithoutLease` names is still added to it. */
  readonly elsewhere?: Elsewhere;
  /** Taken over from another desk in this run. */
  readonly continued?: boolean;
}

/** Calls that began in [from, to), or those with this in their number. */
export type EarlierAsk =
  | { readonly by: 'day'; readonly from: UtcMs; readonly to: UtcMs }
  | { readonly by: 'number'; readonly part: string };
export interface Earlier {
  readonly calls: readonly { readonly call: CallId; readonly firstAt: UtcMs }[];
  readonly isMore: boolean;
}

/** The team's calls as the hub last had them, and when that was by this PC's clock. Nothing was heard yet: undefined. */
export interface TeamView {
  readonly page: TeamPage | undefined;
  readonly heardAt: UtcMs | undefined;
}

export type Continued =
  | { readonly kind: 'here' }
  /** Another desk has the call: ask again with a reason. */
  | { readonly kind: 'held' }
  /** The person proves again who they are, then asks again. */
  | { readonly kind: 'stepUp' }
  | { readonly kind: 'no'; readonly why: string };

export type GivenBack = { readonly kind: 'done' } | { readonly kind: 'no'; readonly why: string };

export type Recorded =
  | { readonly ok: true; readonly event: CallEvent }
  /** Not allowed now, or not well-formed: plain sentences for the handler. What they typed stays. */
  | { readonly ok: false; readonly why: readonly string[] };

export type Printed = { readonly done: boolean } | { readonly why: string };

export type PackAnswer = PackStatus | { readonly why: string };

/** Everything that screens may know or do. They change nothing but through here. */
export interface Desk {
  readonly host: HostDescription;
  readonly session: Session;
  /** Whether the desk is locked, and the way back in. */
  readonly sessionLine: SessionLine;
  readonly content: Content;

  /** Calls kept on this desk, newest first. The array is the same object until something changed. */
  calls(): readonly CallView[];
  call(id: CallId): CallView | undefined;
  light(): Light;
  facts(): SaveFacts;
  hub(): HubState;
  readonly directory: DirectoryLine;
  readonly referrals: ReferralLine;
  /** The training room, in the training world. */
  readonly training: TrainingLine;
  settings(): Settings;
  /** Every setting with its source and whether the organisation set it; undefined until it is known. */
  policy(): PolicyReport | undefined;
  /** What the browser last said of the room for this window's database; undefined where it does not say. */
  room(): Room | undefined;
  /** Things about this desk that a person should know: repairs made at start, faults. */
  notices(): readonly string[];
  now(): UtcMs;

  /** Offers a call to this desk and answers it, so that it opens at the first question. */
  takeCall(offer: {
    readonly source: 'handler' | 'deepLink' | 'telephony' | 'paper';
    readonly number?: string;
    readonly waitedMs?: number;
  }): CallId;
  /**
   * Checks the event against the machine, shows it at once and hands it to both copies. The light tells when it is
   * kept. Synchronous, so that a key press is painted in the same frame.
   */
  record(call: CallId, happening: Happening): Recorded;

  /** Reads calls that are older than those in `calls()`, so that they can be opened. Answers in words when it cannot. */
  earlierCalls(ask: EarlierAsk, limit: number): Promise<Earlier | { readonly why: string }>;
  /** Calls that are open or owe something, at every desk. */
  team(): TeamView;
  /** Asks the hub for a call, fetches everything that is in it, and goes on with it here. */
  continueCall(call: CallId, takeOver?: TakeOverReason): Promise<Continued>;
  /** Gives a call of this desk to nobody: the next desk that asks the hub for it has it. What was written here is kept. */
  giveBack(call: CallId): Promise<GivenBack>;

  draft(key: string): Draft | undefined;
  /** Keeps half-typed text at least every 500 ms. Empty text discards it. */
  keepDraft(key: string, text: string): void;

  changeSettings(settings: Settings): void;

  /** The downtime pack on the disk of this PC: where it is and how old; or made anew. */
  pack(ask: 'status' | 'write'): Promise<PackAnswer>;

  /**
   * Prints what stands on screen through the host, where it can: `false` when the person cancelled, words when it failed.
   * Undefined where the page has to print by itself.
   */
  readonly print: ((how: 'printer' | 'pdf', title: string) => Promise<Printed>) | undefined;
  /** The same for a text as a file. Undefined where the page has to keep it by itself. */
  readonly save: ((name: string, text: string) => Promise<Printed>) | undefined;
  /** A new id, for what leaves a call and must not be guessed or repeated. */
  newId(): string;

  /** Called after anything above changed. Returns a function that stops listening. */
  subscribe(listener: () => void): () => void;
}

export interface OthersHere {
  readonly calls: number;
  readonly open: number;
  readonly emergencies: number;
  readonly unsent: number;
}

export type DoubtsOfStream = Output<'hub.doubts'> & { readonly stream: StreamId };

/** The desk with what belongs to its life rather than to a screen's work. */
export interface RunningDesk extends Desk {
  /**
   * `personChanged`: whoever sits here now is not whose window this was. It keeps what is theirs, shows nothing, and goes.
   * `otherWindow`: another window of this profile is the writer. This one holds no calls and writes nothing:
   * `record` refuses in words, and `takeCall` throws, because there is no call it could name.
   */
  state(): 'ready' | 'otherWindow' | 'personChanged';
  /** Where one event is, for the tick beside it. Unlike `whereIs`, also right for events of earlier streams. */
  where(event: EventRef): 'keeping' | 'onThisPc' | 'safe';
  /** Events of all streams of this profile that the hub has not acknowledged: what to ask about before quitting. */
  unsent(): number;
  /** When the oldest unsent event was made, where that is known. */
  unsentSince(): UtcMs | undefined;
  /** Fields with half-typed text. */
  halfTyped(): number;
  drafts(): readonly Draft[];
  /** What is kept here of other people: numbers, and nothing that was said. */
  others(): OthersHere;
  /** Why the hub takes nothing from this desk, while that is so. */
  refusal(): Fault | undefined;
  /** Tells the main process what would be left behind now. */
  tellStake(): void;
  /** Registers this desk at the hub with a code from IT; sending goes on by itself. */
  enrol(code: string): Promise<Result<unknown, Fault>>;
  /** What the hub flagged or could not read of everything this desk sent. */
  doubts(): Promise<Result<readonly DoubtsOfStream[], Fault>>;
  /** Keeps everything, says that nobody is signed in any more, and closes. Load the page anew afterwards. */
  signOut(): Promise<void>;
  /** Sends drafts, waits until both copies are quiet, then lets go of the database, the bridge and the lock. */
  close(): Promise<void>;
}
