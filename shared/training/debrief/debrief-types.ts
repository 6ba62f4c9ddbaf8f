import { type Voice } from '../caller/state.ts';
import { type OutcomeCode, type UrgencyCode } from '../../events/vocabulary.ts';
import { type UtcMs } from '../../time.ts';

/**
 * What happened in a practice call, for two people to talk about. Everything is read from the two logs; nothing is summed
 * up, and nothing says whether somebody passed.
 */
export interface Debrief {
  readonly title: string;
  readonly trainee: string;
  readonly mode: 'coached' | 'assessed';
  readonly contentVersion: string;
  readonly scriptHash: string;
  readonly startedAt: UtcMs;
  readonly lastsMs: number;
  readonly timeline: readonly TimelineItem[];
  readonly times: readonly KeyTime[];
  readonly expectations: readonly ExpectationResult[];
  readonly criticalFails: readonly CriticalResult[];
  readonly facts: readonly FactResult[];
  readonly ending: EndingResult;
  readonly handover: readonly HandoverItem[];
  /** Evidence put as questions for the two strengths and two changes. People choose and write them. */
  readonly prompts: { readonly strengths: readonly string[]; readonly changes: readonly string[] };
}

export type TimelineKind =
  | 'stage'
  | 'question'
  | 'words'
  | 'note'
  | 'step'
  | 'asked'
  | 'said'
  | 'happened'
  | 'inject'
  | 'pause'
  | 'checkpoint'
  | 'rewound'
  | 'hint'
  | 'quiet'
  | 'expectation'
  | 'critical';

/** One moment of the timeline. Items are in order of `callMs`; what was undone by a rewind is kept and marked. */
export interface TimelineItem {
  readonly callMs: number;
  readonly kind: TimelineKind;
  readonly text: string;
  /** Who spoke, in a line. */
  readonly who?: Voice;
  readonly lastsMs?: number;
  readonly undone?: true;
}

/** How long until something, in the call’s own time; absent while it never happened. */
export interface KeyTime {
  readonly what: 'location' | 'directQuestion' | 'emergencyAction';
  readonly label: string;
  readonly callMs?: number;
}

/** notReached: what it waits for, or has to come before, never came, so there was nothing to meet or miss. */
export interface ExpectationResult {
  readonly id: string;
  readonly expect: string;
  readonly critical: boolean;
  readonly result: 'met' | 'missed' | 'notReached';
  /** When it happened, in time or not. */
  readonly callMs?: number;
  /** Why, in words: “asked at 3:10, later than 2:00”. */
  readonly why: string;
}

export interface CriticalResult {
  readonly id: string;
  readonly what: string;
  readonly seen: boolean;
  readonly callMs?: number;
}

/**
 * notHeard: the caller never said it. heardNotRecorded: said, and not in the record. assumed: in the record, though nobody
 * said it. recordedOtherwise: the record says something else than the ledger.
 */
export interface FactResult {
  readonly id: string;
  readonly fact: string;
  readonly question: string;
  readonly result: 'recorded' | 'notHeard' | 'heardNotRecorded' | 'assumed' | 'recordedOtherwise';
  readonly heardMs?: number;
  readonly recordedMs?: number;
}

export interface EndingResult {
  readonly fits: 'expected' | 'acceptable' | 'neither' | 'open';
  readonly route?: string;
  readonly urgency?: UrgencyCode;
  readonly outcome?: OutcomeCode;
  readonly emergency: boolean;
  /** What the script says of the ending that fits. */
  readonly because?: string;
  /** What would have been right as well, in words. */
  readonly set: readonly string[];
}

/** What the receiver of the chosen route is to be told, and whether the record has it. */
export interface HandoverItem {
  readonly say: string;
  readonly state: 'known' | 'unknown' | 'notAsked';
}
