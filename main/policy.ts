import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { policyAlarm, type PolicyReport, reportPolicy } from '../shared/policy/report.ts';
import { parseEnvironment, problemLine } from './environment.ts';
import { TEMPLATE_FOLDER, templates } from './managed/templates/all.ts';
import { consoleLog } from './services/console-log.ts';
import { systemClock } from './services/node-system.ts';
import { openDeskPolicy } from './services/policy/desk-policy.ts';

/**
 * ENTRY of `npm run policy`: each value, its source and what it overrode. `-- --json`: the same for a program; `-- --write`:
 * makes the templates and pages again (a developer's step). Exit 1: a policy is there and cannot be used; 2: called wrongly.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const [option, ...more] = args;
  const isKnown = option === undefined || option === '--json' || option === '--write';
  if (!isKnown || more.length > 0) {
    complain('Use: npm run policy [-- --json | --write]');
    return 2;
  }
  if (option === '--write') return write();
  const environment = parseEnvironment(process.env);
  if (!environment.ok) {
    complain(problemLine(environment.error));
    return 2;
  }
  const quiet = consoleLog(systemClock, () => undefined);
  const report = reportPolicy((await openDeskPolicy(environment.value, quiet)).current());
  if (option === '--json') say(JSON.stringify(report, undefined, 2));
  else for (const line of policyLines(report)) say(line);
  return report.mode === 'minimal' ? 1 : 0;
}

const MODES = {
  unmanaged: 'No policy of an organisation was found on this PC.',
  managed: 'This PC is managed by an organisation.',
  minimal: 'Minimal mode.',
} as const;

/** Readable: what is wrong first, then a line for each key. What a person chose at a desk is in that desk's profile. */
function policyLines(report: PolicyReport): readonly string[] {
  const alarm = policyAlarm(report);
  const width = Math.max(...report.rows.map(({ key }) => key.length));
  return [
    MODES[report.mode],
    ...(alarm === undefined ? [] : [alarm]),
    ...report.problems.map(({ field, message }) => `  wrong: ${field} ${message}`),
    ...report.notices,
    ...report.rows.map(({ key, value, source, overrode }) => {
      const over = overrode.map((weaker) => `${weaker.source} (${weaker.value})`).join(', ');
      return `${key.padEnd(width)}  ${value}  [${source}${over === '' ? '' : `, over ${over}`}]`;
    }),
  ];
}

async function write(): Promise<number> {
  const root = resolve(import.meta.dirname, '..', TEMPLATE_FOLDER);
  for (const [path, text] of templates()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    say(`${TEMPLATE_FOLDER}/${path}`);
  }
  // The repository's own form, which a test compares with.
  return spawnSync('prettier', ['--write', '--log-level', 'warn', root], { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = await main(process.argv.slice(2));
