import { type Role } from '../../../shared/events/vocabulary.ts';
import { type DeskId } from '../../../shared/ids.ts';
import { type TeamCall, type TeamPage } from '../../../shared/sync/team.ts';
import { type UtcMs } from '../../../shared/time.ts';

/** One call of another desk: `due` is its first owed thing by time, none when it owes nothing. */
export interface TeamRow {
  readonly call: TeamCall;
  readonly due: TeamCall['owed'][number] | undefined;
}

/**
 * Calls that this desk does not have, by time alone: what is owed now, longest first, then by when it is due, then calls
 * that owe nothing, longest without a word first. Nothing about a person orders it. With `role` only those in which somebody
 * in that role wrote last.
 */
export function teamRows(page: TeamPage, own: DeskId, role?: Role): readonly TeamRow[] {
  return page.calls
    .filter(({ desk, author }) => desk !== own && (role === undefined || author.role === role))
    .map((call) => ({ call, due: call.owed.toSorted((a, b) => dueOf(a) - dueOf(b))[0] }))
    .toSorted(
      (a, b) =>
        dueOf(a.due) - dueOf(b.due) || sinceOf(a) - sinceOf(b) || (a.call.call < b.call.call ? -1 : 1),
    );
}

const dueOf = (owed: { readonly dueAt?: UtcMs | undefined } | undefined): number =>
  owed === undefined ? Number.MAX_SAFE_INTEGER : (owed.dueAt ?? 0);
const sinceOf = ({ call, due }: TeamRow): number => due?.since ?? call.lastAt;
