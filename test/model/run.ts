import { currentContent } from '../../shared/content/packs.ts';
import { checkOnTwoCores, share } from './cores.ts';
import { modelsOf } from './models.ts';
import { mutantsOf } from './mutants.ts';
import type { Fate } from './mutation.ts';
import { exact } from './properties.ts';

// Model checking of the call machine with its real content.
//   npm run model               every state of every model, every property
//   npm run model -- --mutants  then each gate and guard weakened in turn (--mutants=G3,L1: those)
//   npm run model -- harm       only the models whose name holds this

const started = performance.now();
const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const content = currentContent();
const names = modelsOf(content)
  .map(({ name }) => name)
  .filter((name) => named.length === 0 || named.some((word) => name.includes(word)));

console.log(`content ${content.manifest.version}\n`);
const row = (name: string, states: number, transitions: number, about = ''): string =>
  `${name.padEnd(26)} ${String(states).padStart(7)} ${String(transitions).padStart(12)}  ${about}`;
console.log(`${'model'.padEnd(26)} ${'states'.padStart(7)} ${'transitions'.padStart(12)}  what varies`);
const result = await checkOnTwoCores(names);
for (const { name, states, transitions, about, idle } of result.models)
  console.log([row(name, states, transitions, about), ...idle.map((move) => `  NEVER: ${move}`)].join('\n'));
const total = (key: 'states' | 'transitions'): number =>
  result.models.reduce((sum, item) => sum + item[key], 0);
console.log(
  row('all', total('states'), total('transitions'), `${result.compared} arrivals compared, ${seconds()}`),
);

console.log('\nproperties, each asked of every state');
for (const { property, violation } of result.results) {
  console.log(`${violation === undefined ? 'holds ' : 'FAILS '} ${property}`);
  if (violation === undefined) continue;
  console.log(`        in ${violation.model}: ${violation.path.join(' → ')}`);
  console.log(`        where: ${violation.what}`);
}
const failing = result.results.filter(({ violation }) => violation !== undefined);
console.log(`\n${result.results.length - failing.length} hold, ${failing.length} fail, ${seconds()}`);
if (failing.length > 0 || result.models.some(({ idle }) => idle.length > 0)) process.exitCode = 1;

const wanted = process.argv.find((word) => word.startsWith('--mutants'));
// With only some models checked, nobody knows which properties hold.
if (wanted !== undefined && named.length === 0) await mutate(wanted.split('=')[1] ?? '');

/** Each gate and guard weakened in turn. Only properties that hold of the real system can catch anything. */
async function mutate(only: string): Promise<void> {
  const trusted = result.results
    .filter(({ property, violation }) => violation === undefined && property !== exact.name)
    .map(({ property }) => property);
  const mutants = [...new Set(mutantsOf(content).map(({ name }) => name))].filter(
    (name) => only === '' || only.split(',').some((word) => name.startsWith(word)),
  );
  const fates = new Map<string, Fate[]>();
  const half = (odd: number): readonly string[] => mutants.filter((_, at) => at % 2 === odd);
  console.log(`\n${mutants.length} names of mutants; each with what caught it, as it comes`);
  const keep = (message: unknown): void => {
    const fate = message as Fate;
    fates.set(fate.mutant, [...(fates.get(fate.mutant) ?? []), fate]);
    const { mutant, caught, equivalent } = fate;
    const met = caught?.property ?? (equivalent === undefined ? 'SURVIVES' : `EQUIVALENT: ${equivalent}`);
    console.log(`${mutant.padEnd(64)} ${met}`);
  };
  await Promise.all([0, 1].map((odd) => share({ mutants: half(odd), trusted }, keep)));
  const all = mutants.flatMap((name) => fates.get(name) ?? [{ mutant: name }]);
  const survivors = all.filter(({ caught, equivalent }) => caught === undefined && equivalent === undefined);
  const equivalents = all.filter(({ equivalent }) => equivalent !== undefined).length;
  const caught = all.length - survivors.length - equivalents;
  console.log(`\n${caught} caught, ${equivalents} equivalent, ${survivors.length} survive, ${seconds()}`);
  for (const { mutant } of survivors) console.log(`SURVIVES ${mutant}`);
  if (survivors.length > 0) process.exitCode = 1;
}
