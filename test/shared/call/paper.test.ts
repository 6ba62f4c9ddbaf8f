import { describe, expect, it } from 'vitest';
import { paperCall, paperTimeFaults, shiftFaults, whenOf } from '../../../shared/call/paper.ts';
import { addEvent, EMPTY_PICTURE, eventsOf, refOf } from '../../../shared/call/picture.ts';
import { chaseOf } from '../../../shared/call/referral.ts';
import { chaseAfterMs } from '../../../shared/referral/chase-times.ts';
import { replay } from '../../../shared/call/replay.ts';
import { type CallEvent, type Happening } from '../../../shared/events/event.ts';
import { callRecord } from '../../../shared/exports/record/record.ts';
import { sbar } from '../../../shared/exports/sbar/sbar.ts';
import { sbarText } from '../../../shared/exports/sbar/text.ts';
import { answer, answered, callOn, content } from '../../support/call-builder.ts';

/** Entered at 19:30 on 20 November; the shift on the form was the night before. */
const ENTERED = Date.UTC(2026, 10, 20, 19, 30);
const SHIFT = { shiftFrom: Date.UTC(2026, 10, 19, 19, 0), shiftTo: Date.UTC(2026, 10, 20, 7, 0) };
const AT_0210 = Date.UTC(2026, 10, 20, 2, 10);
const takenBy = { name: 'Bea Lund', role: 'adviser' };
const offered: Happening = { type: 'call.offered', data: { channel: 'phone', source: 'paper' } };
const fromPaper: Happening = { type: 'call.fromPaper', data: { takenBy, ...SHIFT, form: '17' } };
const timed = (event: CallEvent, originalAt = AT_0210): Happening => ({
  type: 'entry.timed',
  data: { target: refOf(event), originalAt, writtenBy: takenBy },
});

function entered(...more: readonly ((events: readonly CallEvent[]) => Happening)[]) {
  const make = callOn(undefined, { startAt: ENTERED });
  const events: CallEvent[] = [
    offered,
    fromPaper,
    answered,
    answer('S2', 'yes', undefined, 'He has a knife'),
  ].map(make);
  for (const step of more) events.push(make(step(events)));
  return { events, picture: replay(events, content).snapshot.context.picture };
}
const last = (events: readonly CallEvent[]): CallEvent => events.at(-1) as CallEvent;

describe('a call entered from paper', () => {
  it('keeps the time it was entered as its own, and the form’s time and writer beside it', () => {
    const { events, picture } = entered((before) => timed(last(before)));
    expect(replay(events, content).refused).toEqual([]);
    const told = events[3] as CallEvent;
    expect(told.at).toBe(ENTERED + 3000);
    expect(whenOf(picture, told)).toBe(AT_0210);
    expect(whenOf(picture, events[2] as CallEvent)).toBe(ENTERED + 2000);
    expect(paperCall(picture)?.data).toMatchObject({ takenBy, form: '17' });
  });

  it('says both times and both people in the record, and what has no time of its own is said to be entered', () => {
    const { events, picture } = entered((before) => timed(last(before)));
    const { lines } = callRecord(events, picture, content);
    expect(lines).toHaveLength(4);
    expect(lines[1]?.says).toContain('taken by Bea Lund, adviser · shift Thu 19 Nov 2026 19:00 GMT');
    expect(lines[2]).toMatchObject({ time: 'entered Fri 20 Nov 19:30', by: 'adviser handler-1' });
    expect(lines[3]).toMatchObject({
      time: '02:10 on paper, entered Fri 20 Nov 19:30',
      by: 'Bea Lund, adviser; entered by adviser handler-1',
    });
  });

  it('says in the hand-over that it was on paper and which times are the form’s', () => {
    const consent: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
    const { picture } = entered(
      (before) => timed(last(before)),
      () => consent,
    );
    const text = sbarText(sbar(picture, content));
    expect(text).toContain('Taken on paper: by Bea Lund, adviser');
    expect(text).toContain('02:10 on paper');
  });

  it.each([
    ['in the future', ENTERED + 60_000, 'in the future'],
    ['before the shift', SHIFT.shiftFrom - 1, 'before the shift'],
    ['after the shift', SHIFT.shiftTo + 1, 'after the shift'],
  ])('does not take a time %s', (_name, originalAt, why) => {
    const { events } = entered((before) => timed(last(before), originalAt));
    expect(replay(events, content).refused.map((item) => item.why)).toEqual([expect.stringContaining(why)]);
  });

  it('takes one time for one entry that is there, and none in a call that was not on paper', () => {
    const { events } = entered(
      (before) => timed(last(before)),
      (before) => timed(before[3] as CallEvent, AT_0210 + 60_000),
      (before) => timed({ ...last(before), seq: 999 }),
    );
    expect(replay(events, content).refused).toHaveLength(2);
    const make = callOn();
    const live = [
      { type: 'call.offered', data: { channel: 'phone', source: 'handler' } } as const,
      answered,
    ].map(make);
    const forged = [...live, make(fromPaper), make(timed(last(live)))];
    expect(replay(forged, content).refused).toHaveLength(2);
  });

  it('has a shift that has begun, ends after it began and is no longer than a day', () => {
    expect(shiftFaults(SHIFT, ENTERED)).toEqual([]);
    expect(shiftFaults({ shiftFrom: ENTERED + 1, shiftTo: ENTERED + 2 }, ENTERED)).toHaveLength(1);
    expect(shiftFaults({ shiftFrom: SHIFT.shiftTo, shiftTo: SHIFT.shiftFrom }, ENTERED)).toHaveLength(1);
    expect(shiftFaults({ shiftFrom: ENTERED - 90_000_000, shiftTo: ENTERED }, ENTERED)).toHaveLength(1);
    expect(paperTimeFaults(AT_0210, SHIFT, ENTERED)).toEqual([]);
  });

  it('is chased by the form’s time: a hand-over of last night is due now, not an hour from now', () => {
    const make = callOn(undefined, { startAt: ENTERED });
    const start: readonly Happening[] = [
      offered,
      fromPaper,
      { type: 'route.chosen', data: { route: 'gp', urgency: '2' } },
      { type: 'handover.sent', data: { route: 'gp', to: 'Hill Surgery', how: 'phone' } },
    ];
    const events = start.map(make);
    const all = [...events, make(timed(last(events)))];
    const picture = all.reduce(addEvent, EMPTY_PICTURE);
    const sent = eventsOf(picture, 'handover.sent')[0];
    if (sent === undefined) throw new Error('nothing was sent');
    expect(chaseOf(picture, sent).dueAt).toBe(AT_0210 + chaseAfterMs('2'));
    expect(chaseOf(picture, sent).dueAt).toBeLessThan(ENTERED);
  });
});
