import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallChromium } from '../e2e/support/chromium.ts';
import { ROOT } from '../support/sources.ts';
import { drain } from './drain.ts';
import { durableSave } from './durable-save.ts';
import { emergencyPanel } from './emergency-panel.ts';
import { finder } from './finder.ts';
import { hubIntake } from './hub-intake.ts';
import { keyToPaint } from './key-to-paint.ts';
import { postcode } from './postcode.ts';
import { start } from './start.ts';
import { endLargeDesk } from './support/large-desk.ts';
import { busy, thisMachine } from './support/machine.ts';
import { keep, tableOf } from './support/report.ts';
import { type Bench, type Result } from './support/result.ts';

// npm run bench                     every bench, each beside its peers, one after another
// npm run bench -- drain start      only these
// npm run bench -- --small          small sizes, to see that they work; results are printed and not kept

const BENCHES: Readonly<Record<string, Bench>> = {
  'durable-save': durableSave,
  drain,
  'hub-intake': hubIntake,
  finder,
  postcode,
  start,
  'key-to-paint': keyToPaint,
  'emergency-panel': emergencyPanel,
};

const say = (line: string): void => console.log(line);
const small = process.argv.includes('--small');
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = named.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(' or ')}: there are ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}

// 1. What the benches are measured against, and the pages they run in.
if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
  run('npm', ['ci', '--prefix', 'test/bench', '--ignore-scripts', '--no-audit', '--no-fund']);
}
const chromium = findOrInstallChromium(say);
process.env['LANTERN_CHROMIUM'] = chromium.path;
const chromiumVersion = spawnSync(chromium.path, ['--version'], { encoding: 'utf8' }).stdout.trim();
run('node', ['main/build.ts']);
run('vite', ['build', '--logLevel', 'warn', '--config', 'test/bench/pages/vite.config.ts']);
run('vite', ['build', '--logLevel', 'warn', '--config', 'test/bench/peers/vite.config.ts']);

// 2. One after another: each has the machine to itself.
let failed = 0;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (named.length > 0 && !named.includes(name)) continue;
  say(`\n— ${name}`);
  const before = busy();
  try {
    const outcome = await bench({ small, say });
    const result: Result = {
      bench: name,
      command: `npm run bench -- ${name}`,
      date: new Date().toISOString(),
      machine: { ...thisMachine(), chromium: chromiumVersion },
      load: { before, after: busy() },
      ...outcome,
    };
    say(tableOf(result));
    if (!small) keep(result);
  } catch (cause) {
    failed += 1;
    console.error(`${name} could not be run:`, cause);
  }
}
await endLargeDesk();
process.exitCode = failed === 0 ? 0 : 1;

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit', cwd: ROOT });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}
