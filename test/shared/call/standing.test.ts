import { describe, expect, it } from 'vitest';
import { refOf } from '../../../shared/call/picture.ts';
import { replay } from '../../../shared/call/replay.ts';
import { callStandingOf } from '../../../shared/call/standing.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { callStanding } from '../../../shared/sync/team.ts';
import { answered, callOn, content, offered } from '../../support/call-builder.ts';
import { playedCall, scriptNames } from '../../support/played-call.ts';

describe('how a call stands for the team', () => {
  it('is its stage, its times and who wrote last, while it is open', () => {
    const call = callOn();
    const events = [
      offered,
      answered,
      { type: 'stage.entered', data: { stage: 'safetyCheck' } } as const,
    ].map(call);
    const standing = callStandingOf(events, replay(events, content).snapshot);
    expect(standing).toMatchObject({
      stage: 'safetyCheck',
      beganAt: events[0]?.at,
      lastAt: events[2]?.at,
      author: { id: 'handler-1', role: 'adviser' },
      owed: [],
    });
  });

  it('names what is owed by kind, event and time', () => {
    const call = callOn();
    const happened: Happening[] = [
      offered,
      answered,
      { type: 'line.dropped', data: {} },
      { type: 'task.opened', data: { kind: 'followUp', what: 'x', owner: 'Sam', dueAt: 9 } },
    ];
    const events = happened.map(call);
    const standing = callStandingOf(events, replay(events, content).snapshot);
    const [, , dropped, task] = events;
    if (dropped === undefined || task === undefined) throw new Error('no events');
    expect(standing?.owed).toEqual([
      { kind: 'callBack', from: refOf(dropped), since: dropped.at },
      { kind: 'task', from: refOf(task), since: task.at, dueAt: 9 },
    ]);
  });

  it.each(scriptNames)(
    'of the written call %s holds nothing that was said, and ends when nothing is owed',
    (name) => {
      const { events, snapshot } = playedCall(name);
      const standing = callStandingOf(events, snapshot);
      if (standing === undefined) return;
      expect(callStanding.parse(standing)).toEqual(standing);
      const said = events.flatMap((event) => (event.type === 'note.added' ? [event.data.text] : []));
      const text = JSON.stringify(standing);
      for (const words of said) expect(text).not.toContain(words);
    },
  );

  it('is nothing for a call without events', () => {
    expect(callStandingOf([], replay([], content).snapshot)).toBeUndefined();
  });
});
