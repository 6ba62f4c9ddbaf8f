import { z } from 'zod';
import { problemOf, type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** One test as it ran. `path` goes from the outermost group to the title. */
export interface RanTest {
  readonly file: string;
  readonly path: readonly string[];
  readonly status: 'passed' | 'failed' | 'skipped';
}

/** What one runner did, in one shape for both runners. */
export interface TestRun {
  readonly startedAt: number;
  readonly tests: readonly RanTest[];
  /** Files that could not be run at all. */
  readonly brokenFiles: readonly string[];
}

const vitestReport = z.object({
  startTime: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

const fromRoot = (file: string, root: string): string =>
  file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
const statusOf = (status: string): RanTest['status'] =>
  status === 'passed' || status === 'failed' ? status : 'skipped';

/** Reads what vitest's JSON reporter wrote. `root` is the repository's root, without a slash at its end. */
export function readVitest(input: unknown, root: string): Result<TestRun, Problem> {
  const read = vitestReport.safeParse(input);
  if (!read.success) return err(problemOf('safetyCase.vitestReport', read.error));
  const { startTime, testResults } = read.data;
  return ok({
    startedAt: startTime,
    tests: testResults.flatMap((file) =>
      file.assertionResults.map((test) => ({
        file: fromRoot(file.name, root),
        path: [...test.ancestorTitles, test.title],
        status: statusOf(test.status),
      })),
    ),
    brokenFiles: testResults
      .filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
      .map((file) => fromRoot(file.name, root)),
  });
}

interface Suite {
  readonly title: string;
  readonly file: string;
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
  readonly suites?: readonly Suite[] | undefined;
}
const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    title: z.string(),
    file: z.string(),
    specs: z.array(z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) })),
    suites: z.array(suite).optional(),
  }),
);
const playwrightReport = z.object({
  stats: z.object({ startTime: z.iso.datetime() }),
  suites: z.array(suite),
});

/** Reads what Playwright's JSON reporter wrote; its files are named from `test/`. */
export function readPlaywright(input: unknown): Result<TestRun, Problem> {
  const read = playwrightReport.safeParse(input);
  if (!read.success) return err(problemOf('safetyCase.playwrightReport', read.error));
  const testsOf = (item: Suite, above: readonly string[]): RanTest[] => [
    ...item.specs.map((spec) => ({
      file: `test/${item.file}`,
      path: [...above, spec.title],
      status: specStatus(spec.tests.map((test) => test.status)),
    })),
    ...(item.suites ?? []).flatMap((inner) => testsOf(inner, [...above, inner.title])),
  ];
  return ok({
    startedAt: Date.parse(read.data.stats.startTime),
    tests: read.data.suites.flatMap((item) => testsOf(item, [])),
    brokenFiles: [],
  });
}

/** A flaky test did not pass: it failed once. */
function specStatus(statuses: readonly string[]): RanTest['status'] {
  if (statuses.length > 0 && statuses.every((status) => status === 'expected')) return 'passed';
  return statuses.some((status) => status !== 'expected' && status !== 'skipped') ? 'failed' : 'skipped';
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countsOf(run: TestRun): Counts {
  const count = (status: RanTest['status']): number =>
    run.tests.filter((test) => test.status === status).length;
  return {
    passed: count('passed'),
    failed: count('failed') + run.brokenFiles.length,
    skipped: count('skipped'),
  };
}

/** What failed, in words. A build with a failed test is no evidence, whether or not a control names that test. */
export const failuresOf = (run: TestRun): readonly string[] => [
  ...run.brokenFiles.map((file) => `${file} could not be run`),
  ...run.tests
    .filter((test) => test.status === 'failed')
    .map((test) => `a test of this build failed: “${test.path.join(' > ')}” in ${test.file}`),
];
