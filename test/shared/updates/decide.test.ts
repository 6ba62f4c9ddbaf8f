import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOTHING_AT_STAKE, type Stake } from '../../../shared/sync/leaving.ts';
import { isQuiet, nextStep, UPDATE_MODES, type UpdateFacts } from '../../../shared/updates/decide.ts';
import { judgeOffer } from '../../../shared/updates/version.ts';

const READY: UpdateFacts = {
  mode: 'auto',
  running: '1.4.2',
  offered: '1.5.0',
  allowDowngrade: false,
  isHere: true,
  stake: NOTHING_AT_STAKE,
  answer: undefined,
};
const IN_A_CALL = { ...NOTHING_AT_STAKE, openCalls: 1 };
const step = (change: Partial<UpdateFacts>): string => nextStep({ ...READY, ...change }).kind;

describe('the next step', () => {
  test.each<[string, Partial<UpdateFacts>, string]>([
    ['off, whatever is there', { mode: 'off', answer: 'yes' }, 'none'],
    ['nothing offered', { offered: undefined }, 'none'],
    ['the same offered', { offered: '1.4.2' }, 'none'],
    ['older offered', { offered: '1.4.1' }, 'none'],
    ['older by a patch, and allowed', { offered: '1.4.1', allowDowngrade: true }, 'install'],
    ['older by a minor, and allowed', { offered: '1.3.9', allowDowngrade: true }, 'none'],
    ['newer, not here yet', { isHere: false }, 'download'],
    ['newer, not here yet, in a call', { isHere: false, stake: IN_A_CALL }, 'download'],
    ['here and quiet, auto', {}, 'install'],
    ['here and quiet, ask', { mode: 'ask' }, 'ask'],
    ['asked, yes', { mode: 'ask', answer: 'yes' }, 'install'],
    ['asked, later', { mode: 'ask', answer: 'later' }, 'wait'],
    ['the window has said nothing yet', { stake: undefined }, 'wait'],
  ])('%s', (_name, change, kind) => {
    expect(step(change)).toBe(kind);
  });

  const STAKES: readonly Partial<Stake>[] = [
    { openCalls: 1 },
    { emergencies: 1 },
    { unsent: 1 },
    { othersUnsent: 1 },
    { notKept: 1 },
    { drafts: 1 },
    { typing: true },
  ];
  test.each(STAKES)('with %o nobody is asked and nothing installed, also after a yes', (one) => {
    const stake = { ...NOTHING_AT_STAKE, ...one };
    for (const mode of ['ask', 'auto'] as const)
      for (const answer of [undefined, 'yes', 'later'] as const)
        expect(step({ mode, answer, stake })).toBe('wait');
  });

  const count = fc.integer({ min: 0, max: 3 });
  const stakes: fc.Arbitrary<Stake> = fc.record({
    unsent: count,
    othersUnsent: count,
    notKept: count,
    drafts: count,
    typing: fc.boolean(),
    openCalls: count,
    emergencies: count,
    hub: fc.constantFrom('unknown', 'reachable', 'away'),
  });
  const part = fc.integer({ min: 0, max: 3 });
  const version = fc.tuple(part, part, part).map((parts) => parts.join('.'));
  const facts: fc.Arbitrary<UpdateFacts> = fc.record({
    mode: fc.constantFrom(...UPDATE_MODES),
    running: version,
    offered: fc.option(version, { nil: undefined }),
    allowDowngrade: fc.boolean(),
    isHere: fc.boolean(),
    stake: fc.option(fc.oneof(stakes, fc.constant(NOTHING_AT_STAKE)), { nil: undefined }),
    answer: fc.constantFrom(undefined, 'yes', 'later'),
  });

  test('whatever is known: no question and no installation but on a quiet desk, of a version that is here and may be taken', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const { kind } = nextStep(known);
        if (known.mode === 'off') expect(kind).toBe('none');
        if (kind !== 'ask' && kind !== 'install') return;
        const { stake } = known;
        expect(known.isHere && isQuiet(stake)).toBe(true);
        expect([stake?.openCalls, stake?.emergencies, stake?.unsent, stake?.othersUnsent]).toEqual([
          0, 0, 0, 0,
        ]);
        const offer = judgeOffer(known.running, known.offered ?? '', known.allowDowngrade);
        expect(['newer', 'older']).toContain(offer.kind);
        if (kind === 'install') expect(known.mode === 'auto' || known.answer === 'yes').toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('an offered version', () => {
  test.each([
    ['1.4.2', '1.4.3', 'newer'],
    ['1.4.2', '1.10.0', 'newer'],
    ['1.9.9', '2.0.0', 'newer'],
    ['1.4.2', '1.4.2', 'same'],
    ['1.4.2', '1.4.10', 'newer'],
  ])('%s → %s: %s', (running, offered, kind) => {
    expect(judgeOffer(running, offered, false).kind).toBe(kind);
  });

  test.each(['1.5.0-beta.1', 'v1.5.0', '1.5', '1.5.0 ', '01.5.0', '', '1.5.0+x', '9999999.0.0'])(
    '%j is no version for a desk that takes calls',
    (offered) => {
      expect(judgeOffer('1.4.2', offered, true).kind).toBe('refused');
    },
  );

  test('a downgrade never leaves the minor version, and needs to be allowed', () => {
    const part = fc.integer({ min: 0, max: 20 });
    const parts = fc.tuple(part, part, part);
    fc.assert(
      fc.property(parts, parts, (running, offered) => {
        const write = (one: readonly number[]): string => one.join('.');
        const { kind } = judgeOffer(write(running), write(offered), true);
        if (kind === 'older') {
          expect(offered.slice(0, 2)).toEqual(running.slice(0, 2));
          expect(judgeOffer(write(running), write(offered), false).kind).toBe('refused');
        }
        if (kind === 'newer') expect(judgeOffer(write(offered), write(running), true).kind).not.toBe('newer');
      }),
    );
  });
});
