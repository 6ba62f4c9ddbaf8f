import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logLine } from '../../../shared/log/line.ts';
import { runNode } from '../../support/process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const root = join(import.meta.dirname, '../../..');
const fromRoot = (path: string): string => JSON.stringify(new URL(`file://${join(root, path)}`).href);
const THROWS = "Object.assign(new TypeError('Maya on 07700 900123'), { code: 'TF1 5QP' })";

const DESK = (logs: string): string => `
  const { openDeskLog } = await import(${fromRoot('main/services/log/desk-log.ts')});
  const { watchUncaught } = await import(${fromRoot('main/services/log/uncaught.ts')});
  const { consoleLog } = await import(${fromRoot('main/services/console-log.ts')});
  const clock = { now: () => Date.now() };
  const terminal = consoleLog(clock, (line) => process.stderr.write(line + '\\n'));
  watchUncaught(openDeskLog(${JSON.stringify(join(logs, '..'))}, terminal, clock), () => process.exit(1));`;
const HUB = (logs: string): string => `
  const { endOnUncaught, openHubLog } = await import(${fromRoot('hub/log-file.ts')});
  const clock = { now: () => Date.now() };
  endOnUncaught(openHubLog(${JSON.stringify(logs)}, process.stderr, clock).file, clock);`;

test.each([
  ['the browser host', DESK, `setTimeout(() => { throw ${THROWS}; });`, 'program.uncaught'],
  ['the browser host', DESK, `void Promise.reject(${THROWS});`, 'program.rejected'],
  ['the hub', HUB, `setTimeout(() => { throw ${THROWS}; });`, 'program.uncaught'],
  ['the hub', HUB, `void Promise.reject(${THROWS});`, 'program.rejected'],
])(
  'an error in %s that nobody caught ends it, and is written without a word of its message',
  async (_who, program, fails, event) => {
    const logs = join(await tempFolder(), 'profile', 'logs');
    await mkdir(join(logs, '..'));
    const running = runNode(['--input-type=module', '--eval', `${program(logs)}\n${fails}`], {});
    const code = await new Promise<number | null>((resolve) => running.child.once('close', resolve));
    expect(code).toBe(1);
    const [name = ''] = await readdir(logs);
    const text = await readFile(join(logs, name), 'utf8');
    expect(logLine.parse(JSON.parse(text))).toMatchObject({ event, level: 'error', cause: 'TypeError' });
    expect(`${text}${running.output()}`).not.toMatch(/Maya|07700|TF1|5QP/);
    expect(running.output()).toContain(event);
  },
);
