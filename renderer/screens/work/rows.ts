import { type CallView } from '../../call/desk.ts';
import { compareOwed, type Owed, owedIn } from '../../../shared/call/work.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { declineOf } from '../../../shared/call/referral.ts';
import { reasonTitle } from '../../../shared/referral/decline-reasons.ts';
import { type Panel } from '../call/call-context.tsx';
import { nameAndAge, personOf } from '../derive/person.ts';
import { owedTitle } from '../derive/owed.ts';

/** One line of the work list. */
export interface WorkRow {
  readonly key: string;
  readonly owed: Owed;
  readonly call: CallView;
  readonly title: string;
  readonly detail: string;
  readonly who: string;
  readonly owner: string;
  /** Where in the call it is dealt with. */
  readonly panel: Panel;
}

/** Everything owed by the calls on this desk, by time alone. `authorName` is who an author id belongs to, if known. */
export function workRows(
  calls: readonly CallView[],
  authorName: (id: string) => string | undefined,
): readonly WorkRow[] {
  return calls
    .flatMap((call) => owedIn(call.snapshot.context.picture).map((owed) => ({ call, owed })))
    .toSorted((a, b) => compareOwed(a.owed, b.owed))
    .map(({ call, owed }) => ({
      key: `${owed.kind}${owed.from.stream}${owed.from.seq}`,
      owed,
      call,
      title: owedTitle(owed, { picture: call.snapshot.context.picture, content: call.content }),
      detail: detailOf(owed, call.snapshot.context.picture),
      who: nameAndAge(personOf(call.snapshot.context.picture, call.content)),
      owner: owed.owner ?? authorName(owed.from.author.id) ?? 'Whoever took the call',
      panel: panelOf(owed),
    }));
}

function detailOf({ kind, from }: Owed, picture: Picture): string {
  if (from.type === 'task.opened') return from.data.what;
  if (from.type === 'handover.sent') {
    const code = kind === 'declined' ? declineOf(picture, from)?.data.code : undefined;
    return code === undefined ? from.data.to : `${from.data.to}: ${reasonTitle(code)}`;
  }
  if (from.type === 'line.dropped') return from.data.lastWords ?? '';
  return from.type === 'emergency.handedOver' ? `Reference ${from.data.reference}` : 'No reference recorded';
}

function panelOf({ kind }: Owed): Panel {
  if (kind === 'emergency' || kind === 'contact') return 'emergency';
  return kind === 'callBack' ? 'dropped' : 'none';
}
