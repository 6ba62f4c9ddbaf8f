import { describe, expect, it } from 'vitest';
import {
  type Control,
  evidenceOf,
  faultsAgainst,
  type HazardLog,
  loggedHazard,
  parseHazardLog,
} from '../../shared/content/hazard-log.ts';
import { escapeHtml } from '../../shared/exports/escape-html.ts';
import { type ReportFacts, utcText } from '../safety-case/facts.ts';
import { html } from '../safety-case/html.ts';
import { judge, type Evidence } from '../safety-case/judge.ts';
import { hazardFiles, sourceText } from '../safety-case/read.ts';
import { reportOf } from '../safety-case/report.ts';
import { failuresOf, readPlaywright, readVitest, type RanTest, type TestRun } from '../safety-case/runs.ts';
import { isWrittenIn, referenceMatches } from '../safety-case/titles.ts';
import { content } from '../support/call-builder.ts';

const parsed = parseHazardLog(hazardFiles());
const log: HazardLog = parsed.ok ? parsed.value : [];
const messages = (input: unknown): string => {
  const result = parseHazardLog(input);
  return result.ok ? '' : result.error.map(({ field, message }) => `${field}: ${message}`).join('\n');
};

describe('the hazard log', () => {
  it('parses, with hazards numbered from H1 without gap or repeat', () => {
    expect(messages(hazardFiles())).toBe('');
    expect(log.length).toBeGreaterThanOrEqual(28);
    expect(log.map((hazard) => hazard.id)).toEqual(log.map((_hazard, at) => `H${at + 1}`));
  });

  it('gives every hazard a cause, an effect, a control and words for the organisation', () => {
    for (const { id, cause, effect, controls, residual } of log) {
      for (const words of [cause, effect, residual]) expect(words.length, id).toBeGreaterThan(20);
      expect(controls.length, id).toBeGreaterThan(0);
    }
  });

  it('agrees with the content: its hazards, and for each gate the hazards it names', () => {
    expect(faultsAgainst(log, content)).toEqual([]);
  });

  it('names only tests that are written in their files', () => {
    const wrong = log.flatMap(({ id, controls }) =>
      controls
        .flatMap(evidenceOf)
        .filter((ref) => !isWrittenIn(sourceText(ref.file) ?? '', ref.test))
        .map((ref) => `${id}: ${ref.file}: ${ref.test}`),
    );
    expect(wrong).toEqual([]);
  });

  it('does not call a control built on the word of an end-to-end run alone', () => {
    const wrong = log.flatMap(({ id, controls }) =>
      controls
        .filter((item) => item.status !== 'planned')
        .filter((item) => evidenceOf(item).every((ref) => ref.file.includes('.e2e.')))
        .map((item) => `${id}: ${item.does}`),
    );
    expect(wrong).toEqual([]);
  });

  it('holds no rating: that is for the Clinical Safety Officer', () => {
    const fields = Object.keys(loggedHazard.shape);
    expect(fields).toEqual(['id', 'title', 'cause', 'effect', 'controls', 'residual']);
  });
});

const built = (...tests: string[]): Control => ({
  status: 'built',
  does: 'It stops.',
  shownBy: tests.map((test) => ({ file: 'test/a.test.ts', test })),
});
const hazardWith = (...controls: Control[]): HazardLog => [
  {
    id: 'H1',
    title: 'Falls over',
    cause: 'A step.',
    effect: 'A fall.',
    controls,
    residual: 'Mind the step.',
  },
];

describe('a hazard log with something wrong in it is refused, naming the place', () => {
  const one = hazardWith(built('stops'))[0];
  it.each<[string, unknown, string]>([
    ['junk', 7, '(whole)'],
    ['no hazards', [], '(whole)'],
    ['a hazard without an effect', [{ ...one, effect: ' ' }], '0.effect'],
    ['a hazard with a rating', [{ ...one, rating: 4 }], 'do not belong here'],
    [
      'a control that is built without a test',
      [{ ...one, controls: [{ ...built(), shownBy: [] }] }],
      'shownBy',
    ],
    [
      'a control partly built that does not say what is missing',
      [{ ...one, controls: [{ ...built('x'), status: 'partly' }] }],
      'missing',
    ],
    [
      'a planned control that no work is to bring',
      [{ ...one, controls: [{ status: 'planned', does: 'x' }] }],
      'issue',
    ],
    [
      'a test outside the test folder',
      [{ ...one, controls: [{ ...built(), shownBy: [{ file: 'main/x.ts', test: 'x' }] }] }],
      'file',
    ],
    ['a hazard without a control', [{ ...one, controls: [] }], 'H1: has no control'],
    ['a gap', [one, { ...one, id: 'H3' }], 'H3: stands where H2 should'],
    ['a repeat', [one, one], 'H1: stands where H2 should'],
  ])('%s', (_name, input, place) => {
    expect(messages(input)).toContain(place);
  });

  it('a gate whose hazard has no control with a test for it, and a control on a gate that is not there', () => {
    const stripped = log.map((hazard) =>
      hazard.id === 'H22' ? { ...hazard, controls: [{ ...built('stops'), gate: 'G77' }] } : hazard,
    );
    const found = faultsAgainst(stripped, content).map(({ field, message }) => `${field} ${message}`);
    expect(found).toEqual([
      'H22 has no control with a test for gate G5',
      'H22 has a control on G77, which is no gate of the content',
    ]);
  });

  it('a hazard of the content that the log lacks, and a gate’s own test that it does not list', () => {
    const renamed = log.map((hazard) => (hazard.id === 'H1' ? { ...hazard, title: 'Other' } : hazard));
    expect(faultsAgainst(renamed, content).map((item) => item.field)).toEqual(['H1']);
    const other = log.map((hazard) =>
      hazard.id === 'H23' ? { ...hazard, controls: [{ ...built('stops'), gate: 'G10' }] } : hazard,
    );
    expect(faultsAgainst(other, content)[0]?.message).toContain('does not list the test that gate G10 names');
  });
});

const ran = (path: readonly string[], status: RanTest['status'] = 'passed'): RanTest => ({
  file: 'test/a.test.ts',
  path,
  status,
});
const runOf = (...tests: RanTest[]): TestRun => ({ startedAt: 1, tests, brokenFiles: [] });
const evidence = (unit: TestRun, more: Partial<Evidence> = {}): Evidence => ({
  unit,
  source: () => undefined,
  ...more,
});

describe('a title in the log and a title that ran', () => {
  it('are matched whole, with the groups the log names, and with values put in', () => {
    expect(referenceMatches('stops', ['the brake', 'stops'])).toBe(true);
    expect(referenceMatches('the brake > stops', ['car', 'the brake', 'stops'])).toBe(true);
    expect(referenceMatches('the door > stops', ['the brake', 'stops'])).toBe(false);
    expect(referenceMatches('stop', ['stops'])).toBe(false);
    expect(referenceMatches('%s stops (seed ${SEED})', ['car stops (seed 7)'])).toBe(true);
    expect(referenceMatches('stops? (now)', ['stops? (now)'])).toBe(true);
  });

  it('are found in a test file in any kind of quotes', () => {
    const source = "describe('a', () => { it(\"b\"); it(`${c}`); it('it\\'s'); })";
    for (const title of ['a > b', '${c}', "it's"]) expect(isWrittenIn(source, title), title).toBe(true);
    expect(isWrittenIn(source, 'a > missing')).toBe(false);
  });
});

describe('a control without its evidence fails the build', () => {
  const endToEnd = (): Control => ({
    status: 'built',
    does: 'It stops.',
    shownBy: [{ file: 'test/a.e2e.ts', test: 'stops' }],
  });
  it.each<[string, HazardLog, Evidence, string]>([
    ['a hazard without a control', hazardWith(), evidence(runOf()), 'H1 Falls over: has no control'],
    [
      'a test that did not run',
      hazardWith(built('stops')),
      evidence(runOf()),
      'is not among the tests that ran',
    ],
    [
      'a test that failed',
      hazardWith(built('stops')),
      evidence(runOf(ran(['stops'], 'failed'))),
      '“stops” in test/a.test.ts failed',
    ],
    [
      'a test that was skipped',
      hazardWith(built('stops')),
      evidence(runOf(ran(['stops'], 'skipped'))),
      'was skipped',
    ],
    [
      'one failed case of many',
      hazardWith(built('%s')),
      evidence(runOf(ran(['a']), ran(['b'], 'failed'))),
      'failed',
    ],
    [
      'one test of two',
      hazardWith(built('a', 'b')),
      evidence(runOf(ran(['a']))),
      '“b” in test/a.test.ts is not among',
    ],
    [
      'an end-to-end test that was not run, and nothing else',
      hazardWith(endToEnd()),
      evidence(runOf(), { source: () => "test('stops')" }),
      'no test that passed shows it',
    ],
    [
      'an end-to-end test that is not even written',
      hazardWith(endToEnd()),
      evidence(runOf(), { source: () => '' }),
      'is not among the tests that ran',
    ],
  ])('%s', (_name, hazards, given, message) => {
    expect(judge(hazards, given).faults.join('\n')).toContain(message);
  });

  it('and with its evidence does not', () => {
    const planned: Control = { status: 'planned', does: 'Later.', issue: 'Work' };
    const hazards = hazardWith(built('stops'), planned);
    const { faults, hazards: judged } = judge(hazards, evidence(runOf(ran(['the brake', 'stops']))));
    expect(faults).toEqual([]);
    expect(judged[0]?.controls[0]?.evidence).toMatchObject([{ outcome: 'passed', cases: ['stops'] }]);
  });
});

describe('what the runners wrote', () => {
  it('is read from vitest’s report, with a file that could not be run', () => {
    const file = { name: '/r/test/a.test.ts', status: 'passed' };
    const assertion = { ancestorTitles: ['g'], title: 't', status: 'passed' };
    const report = {
      startTime: 5,
      testResults: [
        { ...file, assertionResults: [assertion, { ...assertion, status: 'pending' }] },
        { name: '/r/test/b.test.ts', status: 'failed', assertionResults: [] },
      ],
    };
    expect(readVitest(report, '/r')).toEqual({
      ok: true,
      value: {
        startedAt: 5,
        tests: [ran(['g', 't']), ran(['g', 't'], 'skipped')],
        brokenFiles: ['test/b.test.ts'],
      },
    });
    expect(readVitest({ testResults: 3 }, '/r')).toMatchObject({ ok: false });
  });

  it('is read from Playwright’s report, and a flaky test did not pass', () => {
    const spec = (title: string, ...statuses: string[]) => ({
      title,
      tests: statuses.map((status) => ({ status })),
    });
    const suites = [
      {
        title: 'e2e/a.e2e.ts',
        file: 'e2e/a.e2e.ts',
        specs: [spec('good', 'expected'), spec('flaky', 'flaky'), spec('left', 'skipped')],
        suites: [{ title: 'group', file: 'e2e/a.e2e.ts', specs: [spec('bad', 'unexpected')] }],
      },
    ];
    const read = readPlaywright({ stats: { startTime: '2026-11-22T10:00:00.000Z' }, suites });
    const tests = read.ok
      ? read.value.tests.map(({ file, path, status }) => [file, path.join(' > '), status])
      : [];
    expect(tests).toEqual([
      ['test/e2e/a.e2e.ts', 'good', 'passed'],
      ['test/e2e/a.e2e.ts', 'flaky', 'failed'],
      ['test/e2e/a.e2e.ts', 'left', 'skipped'],
      ['test/e2e/a.e2e.ts', 'group > bad', 'failed'],
    ]);
    expect(readPlaywright({})).toMatchObject({ ok: false });
  });
});

it('a build with a failed test or a file that could not run is no evidence, whichever test it is', () => {
  const run = { ...runOf(ran(['a']), ran(['group', 'b'], 'failed')), brokenFiles: ['test/c.test.ts'] };
  expect(failuresOf(run)).toEqual([
    'test/c.test.ts could not be run',
    'a test of this build failed: “group > b” in test/a.test.ts',
  ]);
  expect(failuresOf(runOf(ran(['a'])))).toEqual([]);
});

describe('the safety case report', () => {
  const unit = runOf(ran(['stops']));
  const facts = (hazards: HazardLog, more: Partial<ReportFacts> = {}): ReportFacts => ({
    build: { version: '0.1.0', commit: 'a'.repeat(40), changed: 0, madeAt: Date.UTC(2026, 10, 22, 9, 5) },
    content,
    judgement: judge(hazards, evidence(unit)),
    unit,
    endToEndWhy: 'nobody ran it',
    ...more,
  });

  it('says on its first page that it is no signed safety case, and who is missing', () => {
    const first = reportOf(facts(hazardWith(built('stops'))))
      .split('id="scope"')[0]
      ?.replaceAll(/\s+/g, ' ');
    expect(first).toContain('This is not a signed safety case.');
    expect(first).toContain('No Clinical Safety Officer has been named');
    expect(first).toContain('no clinician has approved');
  });

  it('has the headings of DCB0129, the whole log, and the evidence of the build', () => {
    const text = reportOf(facts(log, { judgement: judge(log, evidence(unit)) })).replaceAll(/\s+/g, ' ');
    for (const heading of [
      'Scope',
      'Intended purpose',
      'Clinical risk management approach',
      'Hazards',
      'Evidence of this build',
      'Open points',
    ])
      expect(text, heading).toMatch(new RegExp(`<h2>\\d ${heading}`));
    for (const { id, title } of log) expect(text).toContain(`${id} ${escapeHtml(title)}</h3>`);
    for (const said of [
      '22 November 2026, 09:05 UTC',
      content.manifest.hash,
      'a'.repeat(40),
      'not run: nobody ran it',
    ])
      expect(text).toContain(said);
  });

  it('puts every fault on the first page, and says so when there is none', () => {
    expect(reportOf(facts(hazardWith(built('stops'))))).toContain('class="complete"');
    const bad = reportOf(facts(hazardWith(built('a < b'))));
    expect(bad).not.toContain('class="complete"');
    expect(bad).toContain('the test “a &lt; b” in test/a.test.ts is not among');
  });

  it('never shows a planned control as there: it has no test, and stands among the open points', () => {
    const planned: Control = { status: 'planned', does: 'Encrypts at rest.', issue: 'Later work' };
    const text = reportOf(facts(hazardWith(planned)));
    expect(text).toContain('To come with: Later work');
    expect(text).not.toContain('✓ passed');
    expect(text.split('id="open"')[1]).toContain('Encrypts at rest.');
  });

  it('leaves both ratings to the Clinical Safety Officer', () => {
    const text = reportOf(facts(hazardWith(built('stops')))).replaceAll(/\s+/g, ' ');
    expect(text).toContain('Initial and residual: to be rated by the named Clinical Safety Officer');
  });

  it('escapes whatever it is given, and asks for nothing from outside', () => {
    const nasty = '<script>alert("x")</script>&\'';
    const hazards = hazardWith({ ...built(nasty), does: nasty });
    const text = reportOf(facts(hazards.map((hazard) => ({ ...hazard, title: nasty, residual: nasty }))));
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;');
    expect(text).not.toMatch(/(src|href)="(?!#)|url\(|@import/);
    expect(html`<b>${nasty}</b>`.text).toBe(`<b>${escapeHtml(nasty)}</b>`);
  });

  it('dates in UTC', () => {
    expect(utcText(Date.UTC(2026, 2, 29, 1, 7))).toBe('29 March 2026, 01:07 UTC');
  });
});
