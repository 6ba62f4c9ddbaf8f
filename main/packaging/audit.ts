import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { readAudit } from './supply/audit.ts';

/**
 * ENTRY of `npm run audit`: asks the registry for known vulnerabilities of what is shipped. Exit 0: asked, and none; 1: some;
 * 3: NOT RUN, because the registry did not answer. Needs the internet, so it is no part of `npm test`.
 */
const { stdout } = spawnSync('npm', ['audit', '--json', '--omit', 'dev'], {
  cwd: resolve(import.meta.dirname, '../..'),
  encoding: 'utf8',
  shell: process.platform === 'win32',
  timeout: 120_000,
});
const audit = readAudit(stdout ?? '');
const [code, line] =
  audit.kind === 'clean'
    ? [0, `Audit: no known vulnerability in ${audit.packages} packages.`]
    : audit.kind === 'found'
      ? [1, ['Audit: known vulnerabilities:', ...audit.rows].join('\n  ')]
      : [3, `Audit: NOT RUN, ${audit.why}.`];
process.stdout.write(`${line}\n`);
process.exitCode = code;
