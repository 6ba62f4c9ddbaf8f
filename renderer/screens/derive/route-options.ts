import { type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type Option, options } from '../../../shared/gates/doors.ts';

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
