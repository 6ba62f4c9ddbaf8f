import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';

// The one test command. Runs every check, goes on after a failure so that one run shows all of them, and ends with
// a line that totals all runners.
//   npm test        everything
//   npm run check   the same without the end-to-end tests

interface Count {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const withoutE2e = process.argv.includes('--without-e2e');
mkdirSync('test-results', { recursive: true });

const counts: Count[] = [
  check('types', 'npm', ['run', '--silent', 'typecheck']),
  check('lint', 'npm', ['run', '--silent', 'lint']),
  check('format', 'npm', ['run', '--silent', 'format:check']),
  check('dead code', 'npm', ['run', '--silent', 'deadcode']),
  unit(),
  ...(withoutE2e ? [] : [endToEnd(), electron(), kills()]),
];

const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
  counts.reduce((total, count) => total + count[key], 0);
console.log(
  '\n' +
    counts
      .map(({ name, passed, failed }) => `${name.padEnd(12)} ${passed} passed, ${failed} failed`)
      .join('\n'),
);
const skipped = sum('skipped') === 0 ? '' : `, ${sum('skipped')} skipped`;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

function check(name: string, command: string, args: readonly string[]): Count {
  console.log(`\n— ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  return { name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

function unit(): Count {
  console.log('\n— unit, contract, content');
  const report = 'test-results/unit.json';
  rmSync(report, { force: true });
  const { status } = spawnSync(
    'vitest',
    [
      'run',
      '--config',
      'test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { stdio: 'inherit' },
  );
  const schema = z.object({
    numPassedTests: z.int(),
    numFailedTests: z.int(),
    numPendingTests: z.int(),
    numTotalTests: z.int(),
    numFailedTestSuites: z.int(),
  });
  const read = readReport(report, schema);
  if (read === undefined) return { name: 'unit', passed: 0, failed: 1, skipped: 0 };
  // A file that could not be loaded fails as a suite without a failed test; a crash of the runner fails by status.
  const failed = Math.max(read.numFailedTests, status === 0 ? 0 : 1);
  return { name: 'unit', passed: read.numPassedTests, failed, skipped: read.numPendingTests };
}

function endToEnd(): Count {
  console.log('\n— end to end, in Chromium');
  const report = 'test-results/e2e.json';
  rmSync(report, { force: true });
  const { status } = spawnSync('npm', ['run', '--silent', 'e2e'], { stdio: 'inherit' });
  const schema = z.object({
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  });
  const read = readReport(report, schema);
  if (read === undefined) return { name: 'end to end', passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky } = read.stats;
  return {
    name: 'end to end',
    passed: expected,
    failed: Math.max(unexpected + flaky, status === 0 ? 0 : 1),
    skipped: read.stats.skipped,
  };
}

/** Counts nothing where the binary is missing: "not run" is not "passed". */
function electron(): Count {
  console.log('\n— end to end, on Electron');
  const { status } = spawnSync('npm', ['run', '--silent', 'e2e:electron'], { stdio: 'inherit' });
  return { name: 'electron', passed: 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

/** A few real faults of each kind; `npm run kills -- --times 300` is the long form. */
function kills(): Count {
  console.log('\n— real faults');
  const { status } = spawnSync('npm', ['run', '--silent', 'kills'], { stdio: 'inherit' });
  return { name: 'kills', passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

function readReport<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    console.error(`${file} could not be read: ${cause instanceof Error ? cause.message : String(cause)}`);
    return undefined;
  }
}
