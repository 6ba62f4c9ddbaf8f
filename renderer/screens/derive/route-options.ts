import { type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { urgencyCode } from '../../../shared/events/vocabulary.ts';
import { type Option, options, type Stop, stopsAt } from '../../../shared/gates/doors.ts';

/** Notes say nothing to a gate, and there are many of them. */
const SAYS_NOTHING_TO_GATES = new Set(['note.added', 'stage.entered']);

/**
 * The options of a call, worked out again only when something a gate could read has changed: a kept note must be
 * painted in the frame of its key press, however long the call has been.
 */
export function optionsKeeper(content: Content): (picture: Picture) => readonly Option[] {
  let before: Picture['byType'] = {};
  let kept: readonly Option[] | undefined;
  return ({ byType, count }) => {
    const types = Object.keys(byType) as (keyof typeof byType)[];
    const same = types.every((type) => SAYS_NOTHING_TO_GATES.has(type) || byType[type] === before[type]);
    if (kept === undefined || !same) kept = options({ byType, count }, content);
    before = byType;
    return kept;
  };
}

/**
 * What keeps a route shut at the urgency chosen: `now`, which stood there before one was chosen, and `later`, which
 * only this urgency brings. Apart, so that nothing moves above the choice while it is made.
 */
export function stopsFor(
  option: Option,
  chosen: string,
  picture: Picture,
  content: Content,
): { readonly now: readonly Stop[]; readonly later: readonly Stop[] } {
  const urgency = urgencyCode.safeParse(chosen);
  if (!urgency.success || !option.route.urgencies.includes(urgency.data))
    return { now: option.stops, later: [] };
  const same = (a: Stop, b: Stop): boolean => a.gate.id === b.gate.id && a.say === b.say;
  const door = { door: 'route', route: option.route.id, urgency: urgency.data } as const;
  const stops = stopsAt(door, picture, content);
  return {
    now: stops.filter((stop) => option.stops.some((before) => same(before, stop))),
    later: stops.filter((stop) => !option.stops.some((before) => same(before, stop))),
  };
}
