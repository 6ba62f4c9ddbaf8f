import { paperCall, paperTimeFaults } from '../../../shared/call/paper.ts';
import { refOf } from '../../../shared/call/picture.ts';
import { type Happening, type HappeningType } from '../../../shared/events/event.ts';
import { type CallView, type Desk, type Recorded } from '../../call/desk.ts';
import { readDraft } from '../../components/draft.ts';
import { readInShift } from './paper-times.ts';

/** The field that holds the form's time for what is entered next. */
export const paperTimeKey = (call: string): string => `${call}:paper:time`;
/** Typed where the form gives no time: said on purpose, never assumed. */
export const NO_TIME = 'none';

/** What the person at the desk does now, whatever the form says: it was on no paper. */
const NOW: ReadonlySet<HappeningType> = new Set<HappeningType>([
  'stage.entered',
  'call.resumed',
  'call.fromPaper',
  'entry.timed',
  'entry.struck',
  'copy.printed',
  'emergency.raised',
  'call.reopened',
]);

/**
 * Records what a form says: the event with the time it is made, and the form's time and writer beside it. Refused in words
 * while no time was given, or one that cannot be. In a call that was not on paper it only records.
 */
export function recordFromPaper(desk: Desk, view: CallView, happening: Happening): Recorded {
  const form = paperCall(view.snapshot.context.picture);
  if (form === undefined || NOW.has(happening.type)) return desk.record(view.id, happening);
  const text = readDraft(desk, paperTimeKey(view.id)).trim();
  if (text.toLowerCase() === NO_TIME) return desk.record(view.id, happening);
  const originalAt = readInShift(text, form.data);
  if (originalAt === undefined)
    return {
      ok: false,
      why: [`Write the time on the form first, at the top: as 02:10, or “${NO_TIME}” where it gives none.`],
    };
  const faults = paperTimeFaults(originalAt, form.data, desk.now());
  if (faults.length > 0) return { ok: false, why: faults };
  const done = desk.record(view.id, happening);
  if (!done.ok) return done;
  const data = { target: refOf(done.event), originalAt, writtenBy: form.data.takenBy };
  const timed = desk.record(view.id, { type: 'entry.timed', data });
  return timed.ok ? done : timed;
}
