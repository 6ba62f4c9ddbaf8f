import { describe, expect, it } from 'vitest';
import { attempt as attemptSchema } from '../../../shared/training/attempt/attempt.ts';
import { type Debrief } from '../../../shared/training/debrief/debrief-types.ts';
import { debriefOf } from '../../../shared/training/debrief/debrief.ts';
import { type HandlerStep } from '../../../shared/training/rehearsal/steps.ts';
import { type TrainingScript } from '../../../shared/training/script/schema.ts';
import { content } from '../../support/call-builder.ts';
import { attemptBy } from './support/attempts.ts';
import { smallScript } from './support/small-script.ts';

const debrief = async (
  steps: readonly HandlerStep[],
  script: TrainingScript = smallScript(),
): Promise<Debrief> => debriefOf(await attemptBy(steps, script), content);

const good: readonly HandlerStep[] = [
  { ask: ['O1', 'O3'] },
  { ask: ['S3', 'S4a', 'S6'], how: 'well' },
  { finish: 'team' },
];
const stateOf = (
  list: readonly { readonly id: string; readonly result: string }[],
  id: string,
): string | undefined => list.find((item) => item.id === id)?.result;

describe('a debrief', () => {
  it('says of a careful call what was met, heard and recorded, and that its ending is the expected one', async () => {
    const said = await debrief(good);
    expect(said.expectations.map(({ result }) => result)).toEqual(['met']);
    expect(said.facts.map(({ result }) => result)).toEqual(['recorded', 'recorded', 'recorded']);
    expect(said.criticalFails.map(({ seen }) => seen)).toEqual([false]);
    expect(said.ending).toMatchObject({ fits: 'expected', route: 'crhtUrgent', outcome: '05' });
    expect(said.handover.at(-1)).toEqual({
      say: 'Somebody has said that they have the person',
      state: 'known',
    });
    expect(said.times.find(({ what }) => what === 'directQuestion')?.callMs).toBeGreaterThan(0);
    expect(said.times.find(({ what }) => what === 'emergencyAction')).not.toHaveProperty('callMs');
  });

  it('says of a late question when it came, and by when it was expected', async () => {
    const said = await debrief([{ wait: '3:00' }, { ask: ['S3'] }]);
    expect(said.expectations[0]).toMatchObject({ result: 'missed' });
    expect(said.expectations[0]?.why).toMatch(/^At 3:\d\d, later than 2:00\.$/);
    expect(said.ending.fits).toBe('open');
  });

  it('knows a fact that was assumed from one that was heard, and one that was heard and lost', async () => {
    const said = await debrief([
      {
        record: {
          type: 'answer.recorded',
          data: { question: 'S6', state: 'yes', saidBy: 'person', fields: { what: 'Wine' } },
        },
      },
      { ask: ['S3'] },
      { record: { type: 'answer.recorded', data: { question: 'S3', state: 'no', saidBy: 'person' } } },
      { ask: ['S4a'] },
      { record: { type: 'answer.recorded', data: { question: 'S4a', state: 'notKnown', saidBy: 'person' } } },
    ]);
    expect(stateOf(said.facts, 'drank')).toBe('assumed');
    expect(stateOf(said.facts, 'thoughts')).toBe('recordedOtherwise');
    expect(stateOf(said.facts, 'noPlan')).toBe('heardNotRecorded');
    expect((await debrief([])).facts.map(({ result }) => result)).toEqual([
      'notHeard',
      'notHeard',
      'notHeard',
    ]);
  });

  it('names a critical fail once it is in the log, and prompts with it', async () => {
    const script = smallScript({
      criticalFails: [
        {
          id: 'told',
          what: 'Raised without a place.',
          seen: { recorded: 'emergency' },
          unless: { asked: 'O3' },
        },
      ],
    });
    const raised: HandlerStep = { record: { type: 'emergency.raised', data: {} } };
    const said = await debrief([raised], script);
    expect(said.criticalFails[0]).toMatchObject({ seen: true });
    expect(said.prompts.changes[0]).toContain('“Raised without a place” at');
    expect((await debrief([{ ask: ['O3'] }, raised], script)).criticalFails[0]?.seen).toBe(false);
  });

  it.each([
    [
      'after and within',
      { moment: { asked: 'S4a' }, after: { answer: { to: 'S3', is: ['yes'] } }, within: '0:20' },
      'met',
    ],
    ['after something that never came', { moment: { asked: 'S4a' }, after: { asked: 'N1' } }, 'notReached'],
    [
      'before something that never came',
      { moment: { recorded: 'sayBack' }, before: { recorded: 'closed' } },
      'notReached',
    ],
    ['not before', { moment: { asked: 'S4a' }, notBefore: '5:00' }, 'missed'],
    ['never', { moment: { asked: 'N2' }, by: '1:00' }, 'missed'],
    ['a line of the caller', { moment: { said: 'saysThoughts' }, by: '2:00' }, 'met'],
    ['an inject', { moment: { asked: 'S3' }, after: { happened: 'netOff' } }, 'missed'],
  ])('judges %s', async (_what, parts, result) => {
    const script = smallScript({ expectations: [{ id: 'one', expect: 'One.', ...parts }] });
    const said = await debrief([{ ask: ['S3', 'S4a'] }, { wait: '2:00' }], script);
    expect(said.expectations[0]?.result).toBe(result);
  });

  it('takes a practice that was stopped for what it is: what had not come is not missed', async () => {
    const script = smallScript();
    const attempt = await attemptBy([{ wait: '0:10' }], script);
    const run = attempt.run.filter(({ callMs }) => callMs <= 10_000);
    const stopped = {
      kind: 'stopped',
      at: attempt.startedAt + 12_000,
      callMs: 12_000,
      why: 'stopWord',
    } as const;
    const said = debriefOf({ ...attempt, run: [...run, stopped] }, content);
    expect(said.expectations.map(({ result }) => result)).toEqual(['notReached']);
  });

  it('puts record, words, events, injects, quiet and expectations on one axis, in order of the call', async () => {
    const { timeline } = await debrief([{ ask: ['O1'] }, { wait: '1:00' }, ...good]);
    const kinds = new Set(timeline.map(({ kind }) => kind));
    for (const kind of [
      'question',
      'asked',
      'said',
      'happened',
      'inject',
      'quiet',
      'expectation',
      'stage',
      'step',
    ])
      expect(kinds).toContain(kind);
    expect(timeline.map(({ callMs }) => callMs)).toEqual(
      timeline.map(({ callMs }) => callMs).toSorted((a, b) => a - b),
    );
  });

  it('does not count a pause, and marks what a rewind undid', async () => {
    const paused = await debrief([{ wait: '0:30' }, { pause: '10:00' }, { ask: ['S3'] }]);
    expect(paused.expectations[0]?.result).toBe('met');
    const attempt = await attemptBy([{ ask: ['S3'] }, { wait: '1:00' }], smallScript());
    const rewound = {
      kind: 'rewound',
      at: attempt.startedAt + 300_000,
      callMs: 0,
      checkpoint: 'cp1',
      fromMs: 300_000,
    } as const;
    const said = debriefOf({ ...attempt, run: [...attempt.run, rewound] }, content);
    expect(said.expectations[0]?.result).toBe('missed');
    expect(said.timeline.some(({ undone, text }) => undone === true && text.includes('Most nights'))).toBe(
      true,
    );
  });

  it('is the same from an attempt that went through a file', async () => {
    const attempt = await attemptBy(good, smallScript());
    const again = attemptSchema.parse(JSON.parse(JSON.stringify(attempt)));
    expect(debriefOf(again, content)).toEqual(debriefOf(attempt, content));
  });
});
