import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Measured, type Result } from './result.ts';

const RESULTS = new URL('../results/', import.meta.url);
const README = new URL('../README.md', import.meta.url);
const START = '<!-- results: written by npm run bench -->';
const END = '<!-- end of results -->';

/** The table of one bench, for the terminal. */
export function tableOf(result: Result): string {
  const things = [result.ours, ...result.peers];
  const columns = [...new Set(things.flatMap(({ values }) => Object.keys(values)))];
  const rows = [
    ['', ...columns, 'durability'],
    ...things.map((thing) => [
      nameOf(thing),
      ...columns.map((column) => cell(thing, column)),
      thing.durability,
    ]),
  ];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((text, at) =>
        at === 0 || at === row.length - 1 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const ratios = Object.entries(result.ratios).map(([name, value]) => `  ${name}: ${value}`);
  return [
    `${result.bench}: ${result.what} (${result.unit}; ${result.runs}; load ${result.load.before} to ${result.load.after})`,
    ...lines.map((line) => `  ${line}`),
    ...ratios,
    `  limit: ${result.limit.text}: ${result.limit.met ? 'met' : 'NOT met'}`,
  ].join('\n');
}

const nameOf = ({ name, version }: Measured): string => (version === '' ? name : `${name} ${version}`);
const cell = ({ values }: Measured, column: string): string => String(values[column] ?? '–');

/** Keeps the figures and writes them into the README's table. */
export function keep(result: Result): void {
  writeFileSync(new URL(`${result.bench}.json`, RESULTS), `${JSON.stringify(result, undefined, 2)}\n`);
  writeReadme();
}

function writeReadme(): void {
  const results = readdirSync(RESULTS)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => JSON.parse(readFileSync(new URL(file, RESULTS), 'utf8')) as Result);
  const text = readFileSync(README, 'utf8');
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error('the README has lost the marks of its table');
  const table = ['<!-- prettier-ignore-start -->', ...markdown(results), '<!-- prettier-ignore-end -->'];
  writeFileSync(README, `${before}${START}\n\n${table.join('\n')}\n\n${END}${after}`);
}

function markdown(results: readonly Result[]): string[] {
  const rows = results.map(
    (result) =>
      `| ${[
        `\`${result.bench}\` (${result.unit})`,
        values(result.ours),
        result.peers.map((peer) => `${nameOf(peer)}: ${values(peer)}; ${peer.durability}`).join('<br>'),
        Object.entries(result.ratios)
          .map(([name, value]) => `${name} **${value}**`)
          .join('<br>'),
        `${result.limit.text}: **${result.limit.met ? 'met' : 'not met'}**`,
        `${result.date.slice(0, 16)}Z, load ${result.load.before}–${result.load.after}`,
      ].join(' | ')} |`,
  );
  const last = results.at(-1);
  return [
    '| bench | ours | beside it, in the same run | ratios | limit | when |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    ...(last === undefined
      ? []
      : [
          '',
          `Machine: ${last.machine.cpu}, ${last.machine.cores} cores, ${last.machine.memoryGiB} GiB, ${last.machine.system}; Node ${last.machine.node}, ${last.machine.chromium}.`,
        ]),
  ];
}

const values = ({ values: held }: Measured): string =>
  Object.entries(held)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
