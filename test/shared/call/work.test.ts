import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTasks } from '../../../shared/call/facts.ts';
import { refOf } from '../../../shared/call/picture.ts';
import { replay } from '../../../shared/call/replay.ts';
import { compareOwed, owedIn } from '../../../shared/call/work.ts';
import { type CallEvent, type Happening } from '../../../shared/events/event.ts';
import { answered, callOn, content, offered } from '../../support/call-builder.ts';

const task = (dueAt: number, kind: 'followUp' | 'chaseHandover' = 'followUp'): Happening => ({
  type: 'task.opened',
  data: { kind, what: 'Ring the sister', owner: 'Sam Okafor', dueAt },
});
const ended = (event: CallEvent): Happening => ({
  type: 'task.closed',
  data: { task: refOf(event), how: 'done', words: 'Rang, she is there' },
});
const pictureOf = (events: readonly CallEvent[]) => replay(events, content).snapshot.context.picture;

describe('what a call still owes', () => {
  it('is nothing in a call without tasks, drop, emergency or hand-over', () => {
    const call = callOn();
    expect(owedIn(pictureOf([offered, answered].map(call)))).toEqual([]);
  });

  it('keeps a task open until an event ends it, also after the call was closed', () => {
    const call = callOn();
    const opened = [offered, answered, task(5)].map(call);
    expect(owedIn(pictureOf(opened)).map(({ kind, owner, dueAt }) => ({ kind, owner, dueAt }))).toEqual([
      { kind: 'task', owner: 'Sam Okafor', dueAt: 5 },
    ]);
    const last = opened.at(-1);
    if (last === undefined) throw new Error('no task');
    const all = [...opened, call(ended(last))];
    expect(owedIn(pictureOf(all))).toEqual([]);
    expect(replay(all, content).refused).toEqual([]);
  });

  it('does not take the end of a task that is not open', () => {
    const call = callOn();
    const opened = [offered, answered, task(5)].map(call);
    const last = opened.at(-1);
    if (last === undefined) throw new Error('no task');
    const twice = [...opened, call(ended(last)), call(ended(last))];
    expect(replay(twice, content).refused).toHaveLength(1);
  });

  it('owes a lost caller until reached or decided, and an emergency until somebody is with them', () => {
    const call = callOn();
    const events = [
      offered,
      answered,
      { type: 'emergency.raised', data: {} } as const,
      { type: 'line.dropped', data: {} } as const,
    ].map(call);
    expect(owedIn(pictureOf(events)).map(({ kind }) => kind)).toEqual(['emergency', 'callBack']);
    const reached = [
      ...events,
      call({ type: 'callBack.reached', data: {} }),
      call({ type: 'emergency.handedOver', data: { reference: 'C12' } }),
    ];
    expect(owedIn(pictureOf(reached)).map(({ kind }) => kind)).toEqual(['contact']);
    const there = call({ type: 'emergency.contactConfirmed', data: { by: 'Paramedic Lou' } });
    expect(owedIn(pictureOf([...reached, there]))).toEqual([]);
  });

  it('is ordered by time alone, the same whatever order it came in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { maxLength: 12 }), (dues) => {
        const call = callOn();
        const owed = owedIn(pictureOf([offered, answered, ...dues.map((due) => task(due))].map(call)));
        expect(owed.toSorted(compareOwed).map(({ dueAt }) => dueAt)).toEqual(dues.toSorted((a, b) => a - b));
      }),
    );
  });

  it('does not let a chase that was given up own a hand-over', () => {
    const call = callOn();
    const opened = [offered, answered, task(5, 'chaseHandover')].map(call);
    const last = opened.at(-1);
    if (last === undefined) throw new Error('no task');
    expect(openTasks(pictureOf([...opened, call(ended(last))]))).toEqual([]);
  });
});
