import { expect, it } from 'vitest';
import { refOf } from '../../../shared/call/picture.ts';
import { replay } from '../../../shared/call/replay.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { declineCounts, declinesCsv } from '../../../shared/exports/declines/declines.ts';
import {
  adult,
  answered,
  callOn,
  choose,
  consulted,
  content,
  offered,
  quietSafetyCheck,
} from '../../support/call-builder.ts';

/** A call in which each of these receivers is asked in turn and says no for that reason. */
function refusedBy(startAt: number, ...answers: readonly (readonly [string, string | undefined])[]) {
  const make = callOn(undefined, { startAt });
  const consent: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
  const start = [offered, answered, ...quietSafetyCheck, adult, ...consulted, choose('gp', '3'), consent];
  const events = start.map(make);
  for (const [to, code] of answers) {
    const sent = make({ type: 'handover.sent', data: { route: 'gp', to, how: 'phone' } });
    events.push(
      sent,
      make({
        type: 'handover.declined',
        data: { handover: refOf(sent), by: 'Ros', reason: 'said', ...(code === undefined ? {} : { code }) },
      }),
    );
  }
  const { snapshot, refused } = replay(events, content);
  expect(refused).toEqual([]);
  return snapshot.context.picture;
}

it('counts refusals by day in London, area, receiver and national code, and holds nothing about anybody', () => {
  const evening = Date.UTC(2026, 6, 1, 23, 30);
  const elsewhere = refusedBy(Date.UTC(2026, 6, 1, 12), ['=Hill Surgery', undefined]);
  const calls = [
    refusedBy(evening, ['Hill Surgery', '22'], ['Vale Surgery', '40']),
    refusedBy(evening, ['Hill Surgery', '22']),
    elsewhere,
  ];
  const counts = declineCounts(calls, (call) => (call === elsewhere ? undefined : 'North'));
  expect(counts).toEqual([
    {
      day: '2026-07-01',
      area: 'not known',
      route: 'gp',
      receiver: '=Hill Surgery',
      code: undefined,
      times: 1,
    },
    { day: '2026-07-02', area: 'North', route: 'gp', receiver: 'Hill Surgery', code: '22', times: 2 },
    { day: '2026-07-02', area: 'North', route: 'gp', receiver: 'Vale Surgery', code: '40', times: 1 },
  ]);
  expect(declinesCsv(counts)).toBe(
    [
      'day,area,route,receiver,code,reason,times',
      "2026-07-01,not known,gp,'=Hill Surgery,,no code recorded,1",
      '2026-07-02,North,gp,Hill Surgery,22,"No room: full, or nobody free",2',
      '2026-07-02,North,gp,Vale Surgery,40,"They do not take this person (age, area, their rules)",1',
      '',
    ].join('\r\n'),
  );
});
