import { findOrInstallChromium } from '../e2e/support/chromium.ts';
import { buildRenderer } from '../../main/build.ts';
import { ROOT } from '../support/sources.ts';
import { type Options, readOptions } from './options.ts';
import { type Plan } from './rounds.ts';
import { chromiumKills } from './suites/chromium.ts';
import { hostKills } from './suites/host.ts';
import { hubKills } from './suites/hub.ts';
import { fullDisks } from './suites/disk.ts';
import { postgresKills } from './suites/postgres.ts';
import { powerCuts } from './suites/power.ts';
import { lineFaults } from './suites/proxy.ts';
import { standbyKills } from './suites/standby.ts';
import { type Count, describeCount, describeSum, emptyCount, type KindName } from './verdict/tally.ts';

// npm run kills [-- --times N] [--only KIND] [--seed S] [--from TRIAL] [--at-once 1] [--install]
// Real faults on real parts: see README.md. Ends with one line of counts; 0 only when nothing was found.

/** The first SIGINT or SIGTERM asks to end; everything that was started is then ended in order. */
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (ending = true));

const say = (line: string): void => console.log(line);

const SUITES: Readonly<Record<KindName, (plan: Plan, options: Options) => Promise<void>>> = {
  chromium: chromiumKills,
  host: hostKills,
  hub: hubKills,
  postgres: postgresKills,
  standby: standbyKills,
  disk: fullDisks,
  proxy: lineFaults,
  power: powerCuts,
};

/** Longest first, so that two lanes end at about the same time. */
const ORDER: readonly KindName[] = [
  'chromium',
  'host',
  'hub',
  'postgres',
  'proxy',
  'standby',
  'power',
  'disk',
];

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  process.env['LANTERN_CHROMIUM'] = findOrInstallChromium(say).path;
  await buildRenderer(ROOT);
  say(`seed ${options.seed}`);
  const counts = new Map<KindName, Count>();
  const waiting = ORDER.filter((kind) => options.trials.has(kind));
  const lane = async (): Promise<void> => {
    for (let kind = waiting.shift(); kind !== undefined && !ending; kind = waiting.shift()) {
      counts.set(kind, await runKind(kind, options));
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, lane));
  say('');
  for (const kind of ORDER) {
    const count = counts.get(kind);
    if (count !== undefined) say(describeCount(kind, count));
  }
  say(describeSum([...counts.values()]));
  return [...counts.values()].some(({ failed }) => failed > 0) ? 1 : 0;
}

async function runKind(kind: KindName, options: Options): Promise<Count> {
  const count = emptyCount();
  const startedAt = Date.now();
  const plan: Plan = {
    kind,
    seed: options.seed,
    first: options.first,
    trials: options.trials.get(kind) ?? 0,
    count,
    say,
    ending: () => ending,
  };
  try {
    await SUITES[kind](plan, options);
  } catch (error) {
    count.failed += 1;
    say(`FAILED ${kind}: ${error instanceof Error ? error.message : String(error)}`);
  }
  count.seconds = (Date.now() - startedAt) / 1000;
  say(describeCount(kind, count));
  return count;
}

process.exitCode = await main();
