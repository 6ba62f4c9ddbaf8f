import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { faultsAgainst, parseHazardLog } from '../../shared/content/hazard-log.ts';
import { currentContent } from '../../shared/content/packs.ts';
import { type Problem } from '../../shared/problem.ts';
import { type Result } from '../../shared/result.ts';
import { ROOT } from '../support/sources.ts';
import { type ReportFacts, utcText } from './facts.ts';
import { judge } from './judge.ts';
import { writePdf } from './pdf.ts';
import { commit, hazardFiles, newestSource, readJson, sourceText } from './read.ts';
import { commitText, reportOf } from './report.ts';
import { countsOf, failuresOf, readPlaywright, readVitest, type TestRun } from './runs.ts';

// npm run safety-case                                     runs the tests, then writes out/safety-case/
// npm run safety-case -- --from test-results/unit.json    takes the results of a run that was just made

const { values } = parseArgs({ options: { from: { type: 'string' } } });
const folder = join(ROOT, 'out/safety-case');
const faults: string[] = [];

const unit = orThrow(readVitest(readJson(values.from ?? runVitest()), ROOT));
const newest = newestSource('everything');
if (unit.startedAt < newest.at)
  faults.push(`the test results are older than ${newest.file}: run the tests of this tree again`);
const endToEnd = endToEndRun();
for (const run of [unit, ...('run' in endToEnd ? [endToEnd.run] : [])]) faults.push(...failuresOf(run));

const parsed = parseHazardLog(hazardFiles());
if (!parsed.ok) {
  for (const { field, message } of parsed.error) console.error(`${field}: ${message}`);
  process.exit(1);
}
const content = currentContent();
faults.push(...faultsAgainst(parsed.value, content).map(({ field, message }) => `${field}: ${message}`));
const judged = judge(parsed.value, {
  unit,
  source: sourceText,
  ...('run' in endToEnd ? { endToEnd: endToEnd.run } : {}),
});
const judgement = { ...judged, faults: [...faults, ...judged.faults] };

const facts: ReportFacts = {
  build: { version: packageVersion(), ...commit(), madeAt: Date.now() },
  content,
  judgement,
  unit,
  ...('run' in endToEnd ? { endToEnd: endToEnd.run } : { endToEndWhy: endToEnd.why }),
};
const report = reportOf(facts);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'safety-case.html'), report);
await writePdf(
  report,
  `Lantern clinical safety case report · ${commitText(facts)} · content ${content.manifest.version} · ${utcText(facts.build.madeAt)}`,
  join(folder, 'safety-case.pdf'),
);

const { passed, failed, skipped } = countsOf(unit);
console.log(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped`);
console.log(`end-to-end evidence: ${'run' in endToEnd ? said(endToEnd.run) : `not run (${endToEnd.why})`}`);
console.log('written: out/safety-case/safety-case.html and safety-case.pdf');
for (const fault of judgement.faults) console.error(`✗ ${fault}`);
console.log(`${judgement.hazards.length} hazards, ${judgement.faults.length} faults`);
process.exitCode = judgement.faults.length === 0 ? 0 : 1;

/** Runs all of vitest, and gives the file with its results. A failed test is judged like any other. */
function runVitest(): string {
  const file = join(ROOT, 'test-results/safety-case-unit.json');
  rmSync(file, { force: true });
  spawnSync(
    'vitest',
    [
      'run',
      '--config',
      'test/vitest.config.ts',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { cwd: ROOT, stdio: 'inherit' },
  );
  return file;
}

function endToEndRun(): { readonly run: TestRun } | { readonly why: string } {
  const file = join(ROOT, 'test-results/e2e.json');
  if (!existsSync(file)) return { why: 'npm run e2e has left no results here' };
  const run = orThrow(readPlaywright(readJson(file)));
  const changed = newestSource('endToEnd');
  if (run.startedAt < changed.at) return { why: `the last results are older than ${changed.file}` };
  return { run };
}

function said(run: TestRun): string {
  const counts = countsOf(run);
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

function orThrow<T>(result: Result<T, Problem>): T {
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.message}`);
  return result.value;
}

function packageVersion(): string {
  return z.object({ version: z.string() }).parse(readJson(join(ROOT, 'package.json'))).version;
}
