import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../../shared/training/caller/caller.ts';
import { runEntry, type RunEntry } from '../../../shared/training/caller/entries.ts';
import { hintsAt } from '../../../shared/training/caller/hints.ts';
import { type CallerInput, type CallerState, startCaller } from '../../../shared/training/caller/state.ts';
import { type TrainingScript } from '../../../shared/training/script/schema.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { answer, answered, callOn, choose } from '../../support/call-builder.ts';
import { smallScript } from './support/small-script.ts';

const START = Date.UTC(2026, 10, 20, 19, 30);
const at = (seconds: number): number => START + seconds * 1000;
const recorded = (seconds: number, happening: Happening): CallerInput => ({
  kind: 'event',
  event: callOn(undefined, { startAt: at(seconds) })(happening),
});
const asked = (seconds: number, question: string, how?: 'plain' | 'well' | 'rushed'): CallerInput => ({
  kind: 'asked',
  at: at(seconds),
  question,
  by: 'trainee',
  ...(how === undefined ? {} : { how }),
});
const tick = (seconds: number): CallerInput => ({ kind: 'tick', at: at(seconds) });

function play(
  inputs: readonly CallerInput[],
  script: TrainingScript = smallScript(),
  from: CallerState = startCaller(7),
): { state: CallerState; entries: RunEntry[] } {
  const entries: RunEntry[] = [];
  let state = from;
  for (const input of [recorded(0, answered), ...inputs]) {
    const next = advance(script, state, input);
    state = next.state;
    entries.push(...next.entries);
  }
  return { state, entries };
}
const linesOf = (entries: readonly RunEntry[]): (string | undefined)[] =>
  entries.flatMap((entry) => (entry.kind === 'said' ? [entry.line] : []));

describe('the simulated caller', () => {
  it('says its first words when the call is answered, and nothing before', () => {
    const before = advance(smallScript(), startCaller(7), tick(5));
    expect(before.entries).toEqual([]);
    expect(linesOf(play([]).entries)).toEqual(['hello']);
  });

  it('answers a question that is put, and gives a second time what was asked twice', () => {
    expect(linesOf(play([asked(10, 'S3'), asked(20, 'S3')]).entries)).toEqual([
      'hello',
      'saysThoughts',
      'saysThoughts',
    ]);
  });

  it('answers an answer on record that was never put, so that a log alone drives a call', () => {
    expect(linesOf(play([recorded(10, answer('S3', 'yes'))]).entries)).toEqual(['hello', 'saysThoughts']);
    expect(linesOf(play([asked(9, 'S3'), recorded(15, answer('S3', 'yes'))]).entries)).toEqual([
      'hello',
      'saysThoughts',
    ]);
    expect(linesOf(play([recorded(10, answer('S3', 'couldNotAsk'))]).entries)).toEqual(['hello']);
  });

  it('keeps what waits for being asked well until a quiet was left, or somebody says that it was', () => {
    const soon = play([asked(8, 'S3'), asked(10, 'S6')]);
    expect(linesOf(soon.entries)).not.toContain('saysWine');
    expect(linesOf(play([asked(20, 'S6')]).entries)).toContain('saysWine');
    expect(linesOf(play([asked(1, 'S6', 'well')]).entries)).toContain('saysWine');
  });

  it('clams up when it is asked while it still speaks', () => {
    expect(linesOf(play([asked(1, 'S3')]).entries)).toEqual(['hello', 'clamsUp']);
  });

  it('never invents: a question without a line gets one of the words for that', () => {
    const { entries } = play([asked(20, 'N2')]);
    const last = entries.at(-1);
    expect(last).toMatchObject({ kind: 'said', reveals: [] });
    expect(smallScript().ifNothingFits).toContain(last?.kind === 'said' ? last.text : '');
  });

  it('says what waits for a free intent only when the trainer confirms it', () => {
    const { entries } = play([{ kind: 'confirmIntent', at: at(20), line: 'saysCat' }]);
    expect(linesOf(entries)).toContain('saysCat');
  });

  it('does at its own time what is due, however late the tick comes', () => {
    const late = play([asked(10, 'S3'), tick(120)]).entries;
    expect(late.find((entry) => entry.kind === 'happened')).toMatchObject({ id: 'door', callMs: 30_000 });
    expect(late.find((entry) => entry.kind === 'injected')).toMatchObject({ id: 'netOff', at: at(60) });
    const often = play([
      asked(10, 'S3'),
      ...Array.from({ length: 110 }, (_none, step) => tick(11 + step)),
    ]).entries;
    expect(often).toEqual(late);
  });

  it('asks whether anybody is there once it has been quiet', () => {
    expect(linesOf(play([tick(60)]).entries)).toEqual(['hello', 'still']);
    expect(linesOf(play([tick(20)]).entries)).toEqual(['hello']);
  });

  it('is the same in every run with the same number, and may differ with another', () => {
    const run = (seed: number): RunEntry[] =>
      play(
        [20, 40, 60, 80].map((second) => asked(second, 'N2')),
        smallScript(),
        startCaller(seed),
      ).entries;
    expect(run(3)).toEqual(run(3));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => JSON.stringify(run(seed)))).size).toBeGreaterThan(1);
  });

  it('stands still while it is paused, and goes on at the same time of the call', () => {
    const { entries } = play([
      { kind: 'pause', at: at(10) },
      tick(300),
      { kind: 'resume', at: at(310) },
      tick(370),
    ]);
    expect(entries.find((entry) => entry.kind === 'injected')).toMatchObject({ callMs: 60_000, at: at(360) });
  });

  it('is again as it was at a checkpoint, and says again what was undone', () => {
    const stage = recorded(10, { type: 'stage.entered', data: { stage: 'safetyCheck' } });
    const { state, entries } = play([
      stage,
      asked(20, 'S3'),
      { kind: 'rewind', at: at(100), checkpoint: 'cp1' },
      asked(115, 'S3'),
    ]);
    expect(linesOf(entries).filter((line) => line === 'saysThoughts')).toHaveLength(2);
    expect(entries.find((entry) => entry.kind === 'rewound')).toMatchObject({
      callMs: 10_000,
      checkpoint: 'cp1',
    });
    expect(state.nowMs).toBe(25_000);
  });

  it('says nothing more once it is stopped', () => {
    const { entries } = play([{ kind: 'stop', at: at(5), why: 'stopWord' }, asked(6, 'S3'), tick(90)]);
    expect(entries.at(-1)).toMatchObject({ kind: 'stopped', why: 'stopWord' });
  });

  it('stops at the stop word, in a note of the trainee or a line of the trainer, however it is written', () => {
    const noted = play([
      recorded(9, { type: 'note.added', data: { text: 'Please Stop the Practice now.' } }),
    ]);
    expect(noted.entries.at(-1)).toMatchObject({ kind: 'stopped', why: 'stopWord' });
    const typed = play(
      [{ kind: 'typeLine', at: at(9), who: 'caller', text: 'red kite' }],
      smallScript({ stopWord: 'Red kite' }),
    );
    expect(typed.state.status).toBe('stopped');
  });

  it('says nothing to somebody it has hung up on, until it is rung back', () => {
    const script = smallScript({
      events: [
        { id: 'gone', does: 'hangUp', what: 'The line clicks.', when: { asked: 'S3' } },
        { id: 'back', does: 'answersCallBack', what: 'She picks up.', when: { recorded: 'callBackTried' } },
      ],
    });
    const gone = [asked(10, 'S3'), recorded(20, { type: 'line.dropped', data: {} }), asked(25, 'S4a')];
    expect(linesOf(play(gone, script).entries)).not.toContain('saysPlan');
    const rung = [
      ...gone,
      recorded(40, { type: 'callBack.attempted', data: { result: 'noAnswer' } }),
      asked(60, 'S4a'),
    ];
    expect(linesOf(play(rung, script).entries)).toContain('saysPlan');
  });

  it('hears the service answer after a hand-over, in its own voice', () => {
    const { entries } = play([
      recorded(100, choose('crhtUrgent', '2')),
      recorded(110, { type: 'handover.sent', data: { route: 'crhtUrgent', to: 'Team', how: 'phone' } }),
      tick(125),
    ]);
    expect(entries.at(-1)).toMatchObject({ who: 'receiver', line: 'duty', callMs: 120_000 });
  });
});

describe('hints, in coached mode', () => {
  const hints = (inputs: readonly CallerInput[]): string[] =>
    hintsAt(smallScript(), play(inputs).state).map(({ text }) => text);

  it('come when the time of an expectation is near, and go once it came', () => {
    expect(hints([tick(30)])).toEqual([]);
    expect(hints([tick(90)])).toEqual(['By 2:00: Asked directly by two minutes.']);
    expect(hints([asked(80, 'S3'), tick(90)])).toEqual([]);
    expect(hints([tick(130)])).toEqual([]);
  });
});

describe('any practice call', () => {
  const inputs = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('asked' as const), question: fc.constantFrom('S3', 'S4a', 'S6', 'N2') }),
      fc.record({ kind: fc.constant('tick' as const) }),
      fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const) }),
      fc.record({ kind: fc.constant('fire' as const), id: fc.constantFrom('door', 'netOff', 'nothing') }),
      fc.record({ kind: fc.constant('rewind' as const), checkpoint: fc.constantFrom('cp1', 'cp2') }),
      fc.record({ kind: fc.constant('checkpoint' as const), title: fc.constant('Here') }),
    ),
    { maxLength: 30 },
  );
  const steps = fc.tuple(inputs, fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 30, maxLength: 30 }));
  const timed = ([list, gaps]: readonly [readonly object[], readonly number[]]): CallerInput[] => {
    let second = 0;
    return list.map((input, index) => {
      second += gaps[index] ?? 0;
      return { by: 'trainee', ...input, at: at(second) } as CallerInput;
    });
  };

  it('is the same from its state kept as JSON between any two inputs, and with the clock looked at more often', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const list = timed(drawn);
        const whole = play(list);
        let state = advance(smallScript(), startCaller(7), recorded(0, answered)).state;
        const entries: RunEntry[] = [];
        for (const input of list) {
          const kept = JSON.parse(JSON.stringify(state)) as CallerState;
          const looked = advance(smallScript(), kept, { kind: 'tick', at: 'at' in input ? input.at : 0 });
          const next = advance(smallScript(), looked.state, input);
          state = next.state;
          entries.push(...looked.entries, ...next.entries);
        }
        expect(entries).toEqual(whole.entries.slice(whole.entries.length - entries.length));
        expect(state).toEqual(whole.state);
      }),
      { numRuns: 60 },
    );
  });

  it('writes a practice log whose every entry is sound, in order of the wall clock', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { entries } = play(timed(drawn));
        for (const entry of entries) expect(runEntry.safeParse(entry).success).toBe(true);
        const times = entries.map((entry) => entry.at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });
});
