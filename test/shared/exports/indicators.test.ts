import { describe, expect, it } from 'vitest';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { helplineIndicators, indicatorsCsv } from '../../../shared/exports/indicators.ts';
import { answered, callOn, clinician, content } from '../../support/call-builder.ts';
import { replay } from '../../../shared/call/replay.ts';

const gaveUp: readonly Happening[] = [
  {
    type: 'safeguarding.recorded',
    data: { about: 'The caller', concern: 'notKnown', action: 'Nobody was spoken to.', by: clinician },
  },
  { type: 'callBack.decided', data: { by: clinician, decision: 'No number came with the call.' } },
  { type: 'call.closed', data: { outcome: '01' } },
];
const offer = (waitedMs?: number): Happening => ({
  type: 'call.offered',
  data: { channel: 'phone', source: 'telephony', ...(waitedMs === undefined ? {} : { waitedMs }) },
});
const callAt = (startAt: number, ...happenings: readonly Happening[]): Picture =>
  replay(happenings.map(callOn(undefined, { startAt })), content).snapshot.context.picture;
const at = Date.UTC(2026, 10, 20, 19, 30);

describe('helpline indicators', () => {
  it('count offered, abandoned, answered and waiting calls, each once', () => {
    const calls = [
      callAt(at, offer(), answered),
      callAt(at, offer(), ...gaveUp),
      callAt(at, offer()),
      callAt(at, offer(), answered),
    ];
    expect(helplineIndicators(calls, () => 'North')).toEqual([
      { day: '2026-11-20', area: 'North', offered: 4, abandoned: 1, answered: 2, waiting: 1, timed: 0 },
    ]);
  });

  it('take the 95th percentile by nearest rank over calls whose wait is known', () => {
    // The answer comes one second after the offer.
    const waits = Array.from({ length: 20 }, (_, n) => callAt(at, offer((n + 1) * 1000), answered));
    const [day] = helplineIndicators([...waits, callAt(at, offer(), answered)], () => 'North');
    expect(day).toMatchObject({ answered: 21, timed: 20, timeToAnswerP95: 20 });
  });

  it('give a call to the London day it was offered on, and keep an unknown area apart', () => {
    const summer = callAt(Date.UTC(2026, 6, 1, 23, 30), offer());
    const days = helplineIndicators([summer, callAt(at, offer())], (call) =>
      call === summer ? undefined : 'North',
    );
    expect(days.map(({ day, area }) => [day, area])).toEqual([
      ['2026-07-02', 'not known'],
      ['2026-11-20', 'North'],
    ]);
  });

  it('are a file without a formula, whatever the area is called', () => {
    const text = indicatorsCsv(helplineIndicators([callAt(at, offer(2500), answered)], () => '=1+1'));
    expect(text).toBe(
      "day,area,offered,abandoned,answered,waiting,timed,timeToAnswerP95Seconds\r\n2026-11-20,'=1+1,1,0,1,0,1,4\r\n",
    );
  });
});
