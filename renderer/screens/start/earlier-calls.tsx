import { type FormEvent, useState } from 'react';
import { type CallView, type EarlierAsk } from '../../call/desk.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { Refused } from '../../components/refused.tsx';
import { CallRow } from './call-list.tsx';
import { readSearch } from './read-search.ts';

const PAGE = 50;
/** Between a newest call and the one before it in time: nothing begins before the epoch. */
const BEGINNING = 0;

interface Found {
  readonly ids: readonly CallView['id'][];
  readonly isMore: boolean;
  /** Where the next page begins: before this moment. */
  readonly before: number;
  readonly ask: EarlierAsk;
}

/** Calls that are older than the list above: page by page, by day or by number. Read only when asked for. */
export function EarlierCalls(props: {
  readonly calls: readonly CallView[];
  readonly onOpen: (call: CallView['id']) => void;
}) {
  const desk = useDesk();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Found | undefined>();
  const [why, setWhy] = useState<readonly string[]>([]);
  const byId = new Map(props.calls.map((call) => [call.id, call]));

  const read = async (ask: EarlierAsk, before: readonly CallView['id'][]): Promise<void> => {
    setWhy([]);
    const page = await desk.earlierCalls(ask, PAGE);
    if ('why' in page) return setWhy([page.why]);
    const ids = page.calls.map(({ call }) => call).filter((id) => !before.includes(id));
    const oldest = page.calls.at(-1)?.firstAt ?? BEGINNING;
    setFound({ ids: [...before, ...ids], isMore: page.isMore, before: oldest, ask });
  };
  const find = (event: FormEvent): void => {
    event.preventDefault();
    const ask = readSearch(typed, desk.now());
    if (ask === undefined)
      setWhy(['Write a day, such as 24/11 or yesterday, or six characters of a call’s number.']);
    else void read(ask, []);
  };
  const oldestShown = Math.min(...props.calls.slice(0, 200).map((call) => call.events[0]?.at ?? Infinity));
  const goBack = (): void => {
    const isPaged = found?.ask.by === 'day' && found.isMore;
    if (isPaged && found.ask.by === 'day')
      // One millisecond may hold several calls: those seen already are left out.
      void read({ by: 'day', from: found.ask.from, to: found.before + 1 }, found.ids);
    else void read({ by: 'day', from: BEGINNING, to: oldestShown }, []);
  };
  const rows = (found?.ids ?? []).flatMap((id) => byId.get(id) ?? []);
  return (
    <section className="call-list" aria-labelledby="earlier-title">
      <h2 id="earlier-title">Earlier calls</h2>
      <form className="earlier-form" aria-label="Find an earlier call" onSubmit={find}>
        <label className="label" htmlFor="earlier-search">
          Day or call number
        </label>
        <input
          id="earlier-search"
          type="text"
          autoComplete="off"
          placeholder="24/11"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="button">
          Find
        </button>
        <button type="button" className="button" onClick={goBack}>
          {found?.ask.by === 'day' && found.isMore ? `${PAGE} more` : `The ${PAGE} before these`}
        </button>
      </form>
      <Refused why={why} />
      <p role="status" className="small">
        {found === undefined ? '' : said(rows.length, found.isMore)}
      </p>
      <ul className="plain-list">
        {rows.map((call) => (
          <CallRow key={call.id} call={call} onOpen={props.onOpen} />
        ))}
      </ul>
    </section>
  );
}

function said(count: number, isMore: boolean): string {
  if (count === 0) return 'No such call on this PC.';
  const calls = count === 1 ? 'One call' : `${count} calls`;
  return isMore ? `${calls}, and there are more.` : `${calls}.`;
}
