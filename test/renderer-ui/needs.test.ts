import { describe, expect, it } from 'vitest';
import { needsOf } from '../../renderer/screens/derive/needs.ts';
import { nextCallBack } from '../../shared/call/facts.ts';
import { type Happening } from '../../shared/events/event.ts';
import { adult, answer, answered, content, offered, quietSafetyCheck, run } from '../support/call-builder.ts';

const pictureOf = (...happenings: readonly Happening[]) =>
  run([offered, answered, ...happenings]).snapshot.context.picture;
const lacking = (route: string, ...happenings: readonly Happening[]): string =>
  needsOf(route, pictureOf(...happenings), content)
    .flatMap(({ notKnown }) => notKnown.map(({ question, why }) => `${question} ${why}`))
    .join(', ');

describe('what the receiver of an ending needs', () => {
  it('every route says, and each question it is looked for in exists', () => {
    for (const { id } of content.routes)
      expect(needsOf(id, pictureOf(), content).length, id).toBeGreaterThan(1);
  });

  it('tells not asked, declined and could not ask apart, and none of them reads as there', () => {
    const ready = [...quietSafetyCheck, adult, answer('N1', 'given', { why: 'x' }), answer('N3', 'no')];
    expect(lacking('crhtUrgent', ...ready)).toBe('O3 not asked, O2 not asked');
    expect(lacking('crhtUrgent', ...ready, answer('O3', 'declined'), answer('O2', 'couldNotAsk'))).toBe(
      'O3 declined, O2 could not ask',
    );
  });

  it('asks a child’s team for who looks after them, and an adult’s for no such thing', () => {
    expect(lacking('childCrisisTeam', answer('N5', 'given', { age: '13' }))).toContain('K4 not asked');
    expect(lacking('crhtUrgent', adult)).not.toContain('K');
  });
});

describe('ringing back somebody who was cut off', () => {
  const tried: Happening = { type: 'callBack.attempted', data: { result: 'noAnswer' } };
  const dropped: Happening = { type: 'line.dropped', data: {} };
  const due = (...happenings: readonly Happening[]): number | undefined => {
    const picture = pictureOf(...happenings);
    const at = nextCallBack(picture, content.callBack.afterMinutes);
    const drop = picture.byType['line.dropped']?.at(-1);
    return at === undefined || drop === undefined ? undefined : (at - drop.at) / 60_000;
  };

  it('is due at the content’s minutes after the line went, then somebody decides', () => {
    expect(due(dropped)).toBe(0);
    expect(due(dropped, tried)).toBe(2);
    expect(due(dropped, tried, tried)).toBe(10);
    expect(due(dropped, tried, tried, tried)).toBeUndefined();
  });

  it('starts again with each new drop, and is over once they were reached', () => {
    const reached: Happening = { type: 'callBack.reached', data: {} };
    expect(due(dropped, tried, reached)).toBeUndefined();
    expect(due(dropped, tried, reached, dropped)).toBe(0);
  });
});
