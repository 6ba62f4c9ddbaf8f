import { useEffect, useMemo, useState } from 'react';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { readDraft, useDraft } from '../../components/draft.ts';
import { type Output } from '../../../shared/bridge/contract.ts';
import { type DirectoryState } from '../../../shared/bridge/directory.ts';
import { asCannotTake } from '../../../shared/directory/exchange.ts';
import { createFinder, type Found } from '../../../shared/directory/finder.ts';
import { kindsForRoute } from '../../../shared/directory/route-kinds.ts';
import { type DirectoryService } from '../../../shared/directory/service.ts';
import { readHolidays } from '../../../shared/directory/snapshot.ts';
import { type AreaCodes } from '../../../shared/geography/place.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { fieldOf, whereText } from '../../../shared/call/facts.ts';
import { useCall } from '../call/call-context.tsx';
import { joinSaid, saidTravel } from '../derive/said-minutes.ts';
import { type AreaNames, areaNamesOf } from '../../../shared/directory/area-names.ts';
import { askingOf } from '../derive/asking.ts';
import { type PlaceView, usePlace } from './use-place.ts';

/** An entry that was verified longer ago is stale. */
const STALE_AFTER_DAYS = 90;
const MINUTE = 60_000;
const NO_DIRECTORY = 'this desk has not had a directory from the hub yet';
const NO_FLAGS: DirectoryState['flags'] = [];
const NO_AREAS: Output<'place.areas'> = { areas: [], names: {} };
const NO_SERVICES: readonly DirectoryService[] = [];

export interface FinderView {
  readonly state: DirectoryState | undefined;
  readonly version: number;
  readonly now: UtcMs;
  readonly list: readonly Found[];
  readonly services: readonly DirectoryService[];
  readonly places: Readonly<Record<'now' | 'home' | 'gp', PlaceView>>;
  /** Areas to choose from by hand, and what they are called. */
  readonly areas: readonly AreaCodes[];
  readonly names: AreaNames;
  /** Why there is no list, in words. */
  readonly why: string | undefined;
}

/** Services for a route, from the disk of this PC alone, asked anew when a fact, a flag, a version or the minute changes. */
export function useFinder(route: string, prefix: string): FinderView {
  const desk = useDesk();
  const { picture, content } = useCall();
  const state = useDeskValue((from) => from.directory.state());
  const now = useDeskValue((from) => Math.floor(from.now() / MINUTE)) * MINUTE;
  const here = usePlace(`${prefix}:place`, `${prefix}:area`, whereText(picture, content));
  const home = usePlace(`${prefix}:home`, `${prefix}:homeArea`, fieldOf(picture, 'N6', 'home') ?? '');
  const gp = usePlace(`${prefix}:gp`, `${prefix}:gpArea`, fieldOf(picture, 'N6', 'gp') ?? '');
  const [travelBy] = useDraft(`${prefix}:travel`);
  const version = state?.held?.version;
  const kinds = useMemo(() => kindsForRoute(route), [route]);
  const [got, setGot] = useState<Output<'directory.services'> | undefined>(undefined);
  const [why, setWhy] = useState<string | undefined>(undefined);
  const [all, setAll] = useState<Output<'place.areas'>>(NO_AREAS);

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
    void desk.directory.areas().then((answer) => {
      if (!isGone && !('why' in answer)) setAll(answer);
    });
    return () => {
      isGone = true;
    };
  }, [desk]);

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
  const from = here.found?.kind === 'postcode' ? here.found.point : undefined;
  const [hereAreas, homeAreas, gpAreas] = [here.areas, home.areas, gp.areas];
  const list = useMemo(() => {
    if (finder === undefined) return [];
    const said = saidTravel(
      (got?.services ?? []).map(({ id }) => id),
      saidText,
    );
    const areas = { now: hereAreas, home: homeAreas, gp: gpAreas };
    const asking = askingOf(picture, content, { kinds, now, areas, from, travelBy, said });
    return finder(asking, flags.map(asCannotTake));
  }, [
    finder,
    got,
    saidText,
    picture,
    content,
    kinds,
    now,
    from,
    hereAreas,
    homeAreas,
    gpAreas,
    travelBy,
    flags,
  ]);
  const none = version === undefined ? NO_DIRECTORY : why;
  const services = got?.services ?? NO_SERVICES;
  return {
    state,
    version: got?.version ?? 1,
    now,
    list,
    services,
    places: { now: here, home, gp },
    areas: all.areas,
    names: areaNamesOf(services, { ...all.names, ...here.names, ...home.names, ...gp.names }),
    why: none,
  };
}
