import { spawnSync } from 'node:child_process';
import { takeOption } from '../../main/commands/options.ts';

// The long form of the tests in test/fuzz: `npm run fuzz`, or `-- --cases 1000000 --seed 1`.
const cases = takeOption(process.argv.slice(2), 'cases');
const seed = takeOption(cases.rest, 'seed');
const isNumber = (text: string | undefined): boolean => text === undefined || /^[1-9]\d{0,8}$/.test(text);

if (seed.rest.length > 0 || !isNumber(cases.value) || !isNumber(seed.value)) {
  console.error('fuzz: must be --cases N and --seed N, or nothing');
  process.exitCode = 2;
} else {
  const env = {
    ...process.env,
    LANTERN_FUZZ_CASES: cases.value ?? '100000',
    ...(seed.value === undefined ? {} : { LANTERN_FUZZ_SEED: seed.value }),
  };
  const args = ['run', '--config', 'test/vitest.config.ts', 'test/fuzz'];
  process.exitCode = spawnSync('vitest', args, { stdio: 'inherit', env }).status ?? 1;
}
