import { createContext, type ReactNode, useCallback, useContext, useRef, useSyncExternalStore } from 'react';
import { type RunningDesk } from '../call/desk.ts';

const DeskContext = createContext<RunningDesk | undefined>(undefined);

export function DeskProvider({
  desk,
  children,
}: {
  readonly desk: RunningDesk;
  readonly children: ReactNode;
}) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The desk itself: for doing things. Reading from it in a render needs `useDeskValue`. */
export function useDesk(): RunningDesk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('a screen was shown without a desk');
  return desk;
}

/** Something read from the desk; the component is drawn again only when that very thing changed. */
export function useDeskValue<T>(select: (desk: RunningDesk) => T): T {
  const desk = useDesk();
  const last = useRef<{ readonly value: T } | undefined>(undefined);
  const subscribe = useCallback((listener: () => void) => desk.subscribe(listener), [desk]);
  return useSyncExternalStore(subscribe, () => {
    const value = select(desk);
    if (last.current !== undefined && sameShallow(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  });
}

/** Equal, or lists or plain objects whose fields are. The desk makes new objects for the light and the save facts. */
function sameShallow(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [first, second] = [Object.entries(a), Object.entries(b)];
  return (
    first.length === second.length &&
    first.every(([key, value], at) => second[at]?.[0] === key && Object.is(second[at]?.[1], value))
  );
}
