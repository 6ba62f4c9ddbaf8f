import { useMemo } from 'react';
import { type CallView } from '../../call/desk.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { type Panel } from '../call/call-context.tsx';
import { type HalfTyped, halfTyped } from '../derive/half-typed.ts';
import { nameAndAge, personOf } from '../derive/person.ts';
import { dueText } from '../wording/times.ts';

interface Item extends HalfTyped {
  readonly view: CallView;
}

/** Calls of this desk with words that were typed and never kept. */
export function useHalfTyped(calls: readonly CallView[]): readonly Item[] {
  // The same text until a draft has changed, so that the page is not drawn again for nothing.
  const found = useDeskValue((from) => JSON.stringify(halfTyped(from.drafts())));
  return useMemo(
    () =>
      (JSON.parse(found) as HalfTyped[]).flatMap((item) => {
        const view = calls.find(({ id }) => id === item.call);
        return view === undefined ? [] : [{ ...item, view }];
      }),
    [calls, found],
  );
}

/** Nobody else can read them, and they are not in the record. */
export function HalfTypedRows(props: {
  readonly items: readonly Item[];
  readonly now: number;
  readonly onOpen: (call: CallView['id'], panel: Panel) => void;
}) {
  const { items, now, onOpen } = props;
  const desk = useDesk();
  return items.map(({ view, boxes, at }) => (
    <li key={view.id}>
      <button type="button" className="call-row" onClick={() => onOpen(view.id, 'none')}>
        <span>
          <span className="small">typed</span> <time>{dueText(at, now)}</time>
        </span>
        <b>{nameAndAge(personOf(view.snapshot.context.picture, view.content))}</b>
        <span className="work-what">
          <b>Half-typed words</b>
          <span className="small">
            {boxes === 1 ? 'In one box' : `In ${boxes} boxes`}: keep them, or empty the box.
          </span>
        </span>
        <span className="small">{desk.session.person.name}</span>
      </button>
    </li>
  ));
}
