import { z } from 'zod';
import { utcMs, type UtcMs } from '../time.ts';

/**
 * LEAVING THE DESK: what is at stake when somebody signs out, closes the window, quits, updates or resets the profile, and
 * what is asked first (H9, H46; other systems let records go with a sign-out). Leaving is always possible and
 * loses nothing; an emergency, a call, half-typed words and unsent entries are never left in silence.
 */
export const leavingKind = z.enum(['signOut', 'closeWindow', 'quit', 'update', 'reset']);
export type LeavingKind = z.infer<typeof leavingKind>;

/** Numbers and times alone: nothing that anybody said. */
export const stake = z.strictObject({
  /** Entries of the person signed in that the hub has not acknowledged. */
  unsent: z.int().min(0),
  /** When the oldest of all unsent entries was made, where that is known. */
  unsentSince: utcMs.optional(),
  /** Entries of other people on this desk that are still being sent. */
  othersUnsent: z.int().min(0),
  /** Entries that are not yet confirmed in both copies on this PC. */
  notKept: z.int().min(0),
  /** Fields with half-typed text. */
  drafts: z.int().min(0),
  /** Whether the newest half-typed text is not yet on the disk. */
  typing: z.boolean(),
  openCalls: z.int().min(0),
  /** Calls with an emergency that nobody has confirmed. */
  emergencies: z.int().min(0),
  hub: z.enum(['unknown', 'reachable', 'away']),
});
export type Stake = z.infer<typeof stake>;

export const NOTHING_AT_STAKE: Stake = {
  unsent: 0,
  othersUnsent: 0,
  notKept: 0,
  drafts: 0,
  typing: false,
  openCalls: 0,
  emergencies: 0,
  hub: 'unknown',
};

export type LeavingAnswer =
  | { readonly kind: 'allow' }
  | {
      readonly kind: 'ask';
      /** `loud`: an emergency or a call in progress. */
      readonly loud: boolean;
      readonly title: string;
      /** What is at stake, what is safe, what happens next: one sentence each. */
      readonly lines: readonly string[];
      readonly stay: string;
      readonly leave: string;
    };

/** `time` writes a time of day for a person. Pure. */
export function askBeforeLeaving(kind: LeavingKind, at: Stake, time: (at: UtcMs) => string): LeavingAnswer {
  const risks = risksOf(at, time);
  if (risks.length === 0) return { kind: 'allow' };
  const loud = at.emergencies > 0 || at.openCalls > 0;
  return {
    kind: 'ask',
    loud,
    title: titleOf(kind, at),
    lines: [...risks, safeLine(at), nextLine(kind, at)],
    ...BUTTONS[kind],
  };
}

const BUTTONS: Readonly<Record<LeavingKind, { readonly stay: string; readonly leave: string }>> = {
  signOut: { stay: 'Stay signed in', leave: 'Sign out all the same' },
  closeWindow: { stay: 'Stay', leave: 'Close all the same' },
  quit: { stay: 'Stay', leave: 'Quit all the same' },
  update: { stay: 'Not now', leave: 'Update all the same' },
  reset: { stay: 'Keep the profile', leave: 'Reset all the same' },
};

const DOING: Readonly<Record<LeavingKind, string>> = {
  signOut: 'Sign out',
  closeWindow: 'Close this window',
  quit: 'Quit Lantern',
  update: 'Update Lantern now',
  reset: 'Reset this profile',
};

function titleOf(kind: LeavingKind, { emergencies, openCalls }: Stake): string {
  if (emergencies > 0) return `${DOING[kind]} with an emergency not confirmed?`;
  if (openCalls > 0) return `${DOING[kind]} with ${counted(openCalls, 'call')} open?`;
  return `${DOING[kind]}?`;
}

function risksOf(at: Stake, time: (at: UtcMs) => string): readonly string[] {
  const since = at.unsentSince === undefined ? '' : `, the oldest since ${time(at.unsentSince)}`;
  const away = at.hub === 'away' ? ' The hub is away.' : '';
  return [
    ...(at.emergencies > 0
      ? [
          `${counted(at.emergencies, 'emergency', 'emergencies')} without a reference. Ring 999 on the second line, or hand the call to a colleague first.`,
        ]
      : []),
    ...(at.openCalls > 0
      ? [`${counted(at.openCalls, 'call')} ${at.openCalls === 1 ? 'is' : 'are'} open and not closed.`]
      : []),
    ...(at.notKept > 0
      ? [`${counted(at.notKept, 'entry', 'entries')} not yet in both copies on this PC: wait a moment.`]
      : []),
    ...(at.typing ? ['What you typed last is not yet on the disk: wait a moment.'] : []),
    ...(at.drafts > 0 ? [`Half-typed words in ${counted(at.drafts, 'field')}.`] : []),
    ...(at.unsent > 0
      ? [`${counted(at.unsent, 'entry', 'entries')} not yet at the hub${since}.${away}`]
      : []),
    ...(at.othersUnsent > 0
      ? [`${counted(at.othersUnsent, 'entry', 'entries')} of other people on this desk not yet at the hub.`]
      : []),
  ];
}

function safeLine(at: Stake): string {
  if (at.notKept > 0 || at.typing) return 'Everything else is kept on this PC, encrypted.';
  return 'Everything is kept on this PC, encrypted, and nothing is deleted.';
}

function nextLine(kind: LeavingKind, at: Stake): string {
  const words = at.drafts > 0 ? ' Half-typed words come back when you sign in here again.' : '';
  switch (kind) {
    case 'signOut':
      return `Entries are sent by themselves as soon as somebody is signed in at this desk. Nobody else can open your calls here.${words}`;
    case 'closeWindow':
    case 'quit':
      return 'Sending stops until Lantern is open here again; then everything comes back and is sent by itself.';
    case 'update':
      return 'Lantern starts again with everything that is here, and goes on sending.';
    case 'reset':
      return 'The profile folder is set aside, not deleted: IT can bring its unsent entries back with the recovery key, and nothing of it is sent by itself.';
  }
}

/** At the start: what the last time left here. Undefined when nothing was left. Pure. */
export function leftBefore(
  left: { readonly mine: number; readonly others: number; readonly since: UtcMs | undefined },
  time: (at: UtcMs) => string,
): string | undefined {
  const { mine, others, since } = left;
  if (mine + others === 0) return undefined;
  const parts = [
    ...(mine > 0 ? [`${counted(mine, 'entry', 'entries')} of yours`] : []),
    ...(others > 0 ? [`${counted(others, 'entry', 'entries')} from others`] : []),
  ];
  const when = since === undefined ? '' : `, the oldest since ${time(since)}`;
  return `Kept on this PC from before and being sent: ${parts.join(' and ')}${when}.`;
}

/** What the person at the desk must know of others' calls that they cannot open. Undefined for none. Pure. */
export function othersHere(others: {
  readonly calls: number;
  readonly open: number;
  readonly emergencies: number;
}): string | undefined {
  const { calls, open, emergencies } = others;
  if (calls === 0) return undefined;
  const kept = `${counted(calls, 'call')} of other people on this desk ${calls === 1 ? 'is' : 'are'} kept here; only they can open ${calls === 1 ? 'it' : 'them'}.`;
  if (emergencies > 0)
    return `Tell the shift lead now: ${counted(emergencies, 'emergency', 'emergencies')} of another person on this desk not confirmed. ${kept}`;
  return open > 0
    ? `Tell the shift lead: ${counted(open, 'call')} of another person on this desk still open. ${kept}`
    : kept;
}

/** "1 entry", "2 entries". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
