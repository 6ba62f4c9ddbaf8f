import { type CallId, type DeskId, type Sha256Hex, type StreamId } from '../../shared/ids.ts';
import { type Problem } from '../../shared/problem.ts';
import { type Flag, type PushResponse } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Decision, type Held } from './decide.ts';
import { type EventItem } from './read-item.ts';

/**
 * Where an intake keeps what it has decided. `hub/db` implements it with SQL; nothing in this folder knows how, so
 * that the same decisions can be run over any store that keeps these promises.
 */
export interface IntakeStore {
  /**
   * Runs `work` in one transaction and resolves after COMMIT, never before. Rejects when it was not committed or when
   * nobody can say: then everything or nothing of it is there. May run `work` again after a deadlock.
   */
  transaction<T>(work: (tx: IntakeTransaction) => Promise<T>): Promise<T>;
  /**
   * The plain case in one step: adds a batch of events that continue a stream from exactly `at`. Undefined, with
   * nothing changed, when the stream stands elsewhere, has anything beyond, or is another desk's, or when another desk
   * has one of its calls.
   * The same promise about COMMIT.
   */
  append(write: IntakeWrite, at: Standing): Promise<Appended | undefined>;
}

/** One transaction. What it reads after `lockStream` stays true until it ends. */
export interface IntakeTransaction {
  /** The stream's row, made for this desk if there is none, and locked until the end. */
  lockStream(stream: StreamId, desk: DeskId): Promise<StreamRow>;
  /** What is stored under the numbers `from` to `to`, and who has `calls`, which nobody is given until the end. */
  readHeld(stream: StreamId, from: number, to: number, calls: readonly CallId[]): Promise<Held>;
  /**
   * Adds all of it, moves the cumulative number over whatever is contiguous now, and gives each event its place in
   * the hub's order once all earlier ones of its stream are there. A call that is new belongs to this desk. Answers
   * the cumulative number.
   */
  write(write: IntakeWrite): Promise<number>;
  /** Everything said about the numbers `from` to `to` so far, in order of number. */
  readSaid(stream: StreamId, from: number, to: number): Promise<Said>;
}

/** `acked`: every number up to it is stored. `lastSeq`: the highest stored, above `acked` only while there is a gap. */
export interface StreamRow {
  readonly desk: DeskId;
  readonly acked: number;
  readonly lastSeq: number;
}

/** Where a stream must stand for a batch to continue it: its last number and that event's hash. 0 is a new stream. */
export interface Standing {
  readonly desk: DeskId;
  readonly seq: number;
  readonly hash: Sha256Hex;
}

export interface QuarantineRow {
  readonly seq: number;
  readonly raw: string;
  readonly rawSha256: Sha256Hex;
  readonly problem: Problem;
}

export interface IntakeWrite {
  readonly stream: StreamId;
  readonly desk: DeskId;
  readonly now: UtcMs;
  readonly events: readonly EventItem[];
  /** One that is there already (same number, same text) is left as it is. */
  readonly quarantine: readonly QuarantineRow[];
  /** One that is there already (same number, same kind) is left as it is. */
  readonly flags: readonly Flag[];
  /** Numbers that get their one receipt now. */
  readonly fresh: Decision['fresh'];
}

/** Number of the receipt that was issued. */
export interface Appended {
  readonly receipt: number;
}

export type Said = Pick<PushResponse, 'receipts' | 'flagged' | 'quarantined'>;
