const MINUTE = 60_000;

/** Whole minutes from 0 to 999, as they say how long they need to get there; undefined for anything else. */
export const readMinutes = (text: string): number | undefined =>
  /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : undefined;

/** What is said beside the box; nothing while it is empty or can be read. */
export const minutesFault = (text: string): string | undefined =>
  text.trim() === '' || readMinutes(text) !== undefined
    ? undefined
    : 'Not counted: write whole minutes, 0 to 999.';

/** What stands in the boxes of several services as one text, so that it can be compared. A box of one line holds no line end. */
export const joinSaid = (texts: readonly string[]): string => texts.map((text) => text.trim()).join('\n');

/** How long they say they need to each service (ms). What cannot be read stands for nothing, in no other box either. */
export function saidTravel(ids: readonly string[], joined: string): ReadonlyMap<string, number> {
  const texts = joined.split('\n');
  return new Map(
    ids.flatMap((id, at): [string, number][] => {
      const minutes = readMinutes(texts[at] ?? '');
      return minutes === undefined ? [] : [[id, minutes * MINUTE]];
    }),
  );
}
