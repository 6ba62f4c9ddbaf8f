import { useEffect, useMemo, useState } from 'react';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { readDraft, useDraft } from '../../components/draft.ts';
import { type Output } from '../../../shared/bridge/contract.ts';
import { type DirectoryState } from '../../../shared/bridge/directory.ts';
import { asCannotTake } from '../../../shared/directory/exchange.ts';
import { createFinder, type Found } from '../../../shared/directory/finder.ts';
import { kindsForRoute } from '../../../shared/directory/route-kinds.ts';
import { readHolidays } from '../../../shared/directory/snapshot.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { useCall } from '../call/call-context.tsx';
import { areasOf, askingOf, whereText } from '../derive/asking.ts';
import { joinSaid, saidTravel } from '../derive/said-minutes.ts';

/** An entry that was verified longer ago is stale. */
const STALE_AFTER_DAYS = 90;
const MINUTE = 60_000;
const NO_DIRECTORY = 'this desk has not had a directory from the hub yet';
const NO_FLAGS: DirectoryState['flags'] = [];

export interface FinderView {
  readonly state: DirectoryState | undefined;
  readonly version: number;
  readonly now: UtcMs;
  readonly list: readonly Found[];
  readonly place: Output<'place.find'> | undefined;
  /** Why there is no list, in words. */
  readonly why: string | undefined;
}

/** Services for a route, from the disk of this PC alone, asked anew when a fact, a flag, a version or the minute changes. */
export function useFinder(route: string, prefix: string): FinderView {
  const desk = useDesk();
  const { picture, content } = useCall();
  const state = useDeskValue((from) => from.directory.state());
  const now = useDeskValue((from) => Math.floor(from.now() / MINUTE)) * MINUTE;
  const [typed] = useDraft(`${prefix}:place`, whereText(picture, content));
  const [area] = useDraft(`${prefix}:area`);
  const [travelBy] = useDraft(`${prefix}:travel`);
  const version = state?.held?.version;
  const kinds = useMemo(() => kindsForRoute(route), [route]);
  const [got, setGot] = useState<Output<'directory.services'> | undefined>(undefined);
  const [why, setWhy] = useState<string | undefined>(undefined);
  const [place, setPlace] = useState<Output<'place.find'> | undefined>(undefined);

  useEffect(() => {
    if (version === undefined) return undefined;
    let isGone = false;
    void desk.directory.services(kinds).then((answer) => {
      if (isGone) return;
      setWhy('why' in answer ? answer.why : undefined);
      if (!('why' in answer)) setGot(answer);
    });
    return () => {
      isGone = true;
    };
  }, [desk, kinds, version]);
  useEffect(() => {
    let isGone = false;
    void desk.directory.place(typed.slice(0, 500)).then((answer) => {
      if (!isGone) setPlace('why' in answer ? undefined : answer);
    });
    return () => {
      isGone = true;
    };
  }, [desk, typed]);

  const finder = useMemo(
    () =>
      got === undefined
        ? undefined
        : createFinder(got.services, {
            holidays: readHolidays(got.bankHolidays),
            staleAfterDays: STALE_AFTER_DAYS,
          }),
    [got],
  );
  const saidText = useDeskValue((from) =>
    joinSaid((got?.services ?? []).map(({ id }) => readDraft(from, `${prefix}:minutes:${id}`))),
  );
  const flags = state?.flags ?? NO_FLAGS;
  const list = useMemo(() => {
    if (finder === undefined) return [];
    const said = saidTravel(
      (got?.services ?? []).map(({ id }) => id),
      saidText,
    );
    const found = place?.found;
    const from = found?.kind === 'postcode' ? found.point : undefined;
    const areas = { now: areasOf(found, area) };
    const asking = askingOf(picture, content, { kinds, now, areas, from, travelBy, said });
    return finder(asking, flags.map(asCannotTake));
  }, [finder, got, saidText, picture, content, kinds, now, place, area, travelBy, flags]);
  const none = version === undefined ? NO_DIRECTORY : why;
  return { state, version: got?.version ?? 1, now, list, place, why: none };
}
