import { useEffect, useMemo, useState } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { useDraft } from '../../components/draft.ts';
import { type Output } from '../../../shared/bridge/contract.ts';
import { type PlaceFound } from '../../../shared/bridge/directory.ts';
import { type Areas } from '../../../shared/directory/asking.ts';
import { type AreaNames } from '../../../shared/directory/area-names.ts';
import { areasOf } from '../derive/areas.ts';

/** One of a person's places, as it was said and read on this PC. */
export interface PlaceView {
  readonly placeKey: string;
  readonly areaKey: string;
  readonly initial: string;
  readonly found: PlaceFound | undefined;
  readonly names: AreaNames;
  readonly issue: string | undefined;
  readonly areas: Areas;
}

const NO_NAMES: AreaNames = {};

/** `initial` is what the call has on record of it. Nothing typed here is put on record before a service is chosen. */
export function usePlace(placeKey: string, areaKey: string, initial: string): PlaceView {
  const desk = useDesk();
  const [typed] = useDraft(placeKey, initial);
  const [chosen] = useDraft(areaKey);
  const [read, setRead] = useState<Output<'place.find'> | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    void desk.directory.place(typed.slice(0, 500)).then((answer) => {
      if (!isGone) setRead('why' in answer ? undefined : answer);
    });
    return () => {
      isGone = true;
    };
  }, [desk, typed]);
  const { found, names = NO_NAMES, issue } = read ?? {};
  const areas = useMemo(() => areasOf(found, chosen), [found, chosen]);
  return { placeKey, areaKey, initial, found, names, issue, areas };
}
