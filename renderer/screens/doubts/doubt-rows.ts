import { type CallView, type DoubtsOfStream } from '../../call/desk.ts';
import { type FlagKind } from '../../../shared/sync/protocol.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { nameAndAge, personOf } from '../derive/person.ts';

/** One entry that the hub could not read, or has and doubts. */
export interface DoubtRow {
  readonly key: string;
  readonly what: 'notRead' | 'doubted';
  /** When the entry was made, or came to the hub when that is not known here. */
  readonly at: UtcMs | undefined;
  /** The call, when the person signed in may open it here. */
  readonly call: CallView['id'] | undefined;
  readonly who: string;
  readonly reason: string;
  readonly next: string;
}

const REASONS: Readonly<Record<FlagKind, string>> = {
  brokenLink: 'It does not follow on from the entry before it.',
  wrongHash: 'Its text and its seal do not belong together.',
  fork: 'The hub had another entry under the same number; both are kept.',
  unknownType: 'It is of a kind that the hub does not know yet.',
  notAllowed: 'It came at a point of the call where it has no place.',
  clock: 'The clock of this PC was far from the hub’s.',
  otherDesk: 'It names another desk than the one that sent it.',
  noLease: 'It came after another desk had been given the call.',
  author: 'It names a person whom the hub has not seen sign in at this desk in that role.',
};

const KEPT = 'The hub has it and shows it to whoever reads the call. Nothing for you to do.';
const CLOCK = 'The hub has it. Tell IT that the clock of this PC is wrong.';
const NOT_READ =
  'The hub keeps it as it came, and nothing behind it waits. IT looks into it; your own copy stays in the call.';

/** Newest first; what is not known to have a time comes last. Pure. */
export function doubtRows(
  doubts: readonly DoubtsOfStream[],
  calls: readonly CallView[],
): readonly DoubtRow[] {
  const places = new Map<string, { readonly view: CallView; readonly at: UtcMs }>(
    calls.flatMap((view) =>
      view.events.map(({ stream, seq, at }) => [`${stream} ${seq}`, { view, at }] as const),
    ),
  );
  const placed = (stream: string, seq: number): Pick<DoubtRow, 'call' | 'who' | 'at'> => {
    const place = places.get(`${stream} ${seq}`);
    if (place === undefined)
      return { call: undefined, who: 'A call that is not shown to you here', at: undefined };
    const { view, at } = place;
    return { call: view.id, who: nameAndAge(personOf(view.snapshot.context.picture, view.content)), at };
  };
  const rows = doubts.flatMap(({ stream, flags, quarantine }): DoubtRow[] => [
    ...quarantine.map(({ seq, problem, receivedAt }): DoubtRow => {
      const place = placed(stream, seq);
      return {
        key: `q ${stream} ${seq} ${receivedAt}`,
        what: 'notRead',
        ...place,
        at: place.at ?? receivedAt,
        reason: `It could not be read as an entry: ${problem.field} ${problem.message}.`,
        next: NOT_READ,
      };
    }),
    ...flags.map(({ seq, kind }): DoubtRow => ({
      key: `f ${stream} ${seq} ${kind}`,
      what: 'doubted',
      ...placed(stream, seq),
      reason: REASONS[kind],
      next: kind === 'clock' ? CLOCK : KEPT,
    })),
  ]);
  return rows.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
}

/** "2 entries not read, 1 doubted". Pure. */
export function doubtCount(doubts: readonly DoubtsOfStream[]): {
  readonly notRead: number;
  readonly doubted: number;
} {
  return {
    notRead: doubts.reduce((sum, { quarantine }) => sum + quarantine.length, 0),
    doubted: doubts.reduce((sum, { flags }) => sum + flags.length, 0),
  };
}
