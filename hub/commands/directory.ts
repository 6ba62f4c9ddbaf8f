import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import usualHolidays from '../../shared/directory/bank-holidays.json' with { type: 'json' };
import { type DirectoryDiff, type Import } from '../../shared/directory/import.ts';
import { bankHolidayList } from '../../shared/directory/snapshot.ts';
import { type Problem } from '../../shared/problem.ts';
import { ok, type Result } from '../../shared/result.ts';
import { listVersions } from '../db/directory-rows.ts';
import { listFaults } from '../db/report-rows.ts';
import { earlierDirectory, keepDirectory } from '../directory/keep.ts';
import { readFeed, readJson } from '../directory/read-feed.ts';
import { type Command, type CommandCall, type CommandEnd, wrong } from './command.ts';

const WAYS = {
  check: check,
  diff: (call: CommandCall) => bring(call, true),
  import: (call: CommandCall) => bring(call, false),
  undo,
  list,
  faults,
} as const;
type End = Promise<Result<CommandEnd, Problem>>;

/** The directory of services: a feed looked at, compared, taken in; an earlier version brought back. */
export const directory: Command = {
  usage:
    'check|diff|import FILE [--columns MAP] [--kinds TABLE] [--name NAME] [--holidays FILE] [--without-refused], ' +
    'or directory undo [VERSION], list, faults',
  async run(call) {
    const [name = '', ...args] = call.args;
    const way = Object.entries(WAYS).find(([known]) => known === name)?.[1];
    if (way === undefined)
      return wrong('directory', `must be followed by one of ${Object.keys(WAYS).join(', ')}`);
    return way({ ...call, args });
  },
};

const OPTIONS = {
  columns: { type: 'string' },
  kinds: { type: 'string' },
  name: { type: 'string' },
  holidays: { type: 'string' },
  'without-refused': { type: 'boolean' },
  demonstration: { type: 'boolean' },
} as const;

const argsOf = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

async function read(call: CommandCall): Promise<Result<Import, Problem>> {
  const { values, positionals } = argsOf(call.args);
  const [file] = positionals;
  if (file === undefined) return wrong('FILE', 'must be given');
  const feed = await readFeed({ file, columns: values.columns, kinds: values.kinds });
  if (feed.ok) report(feed.value, call.say);
  return feed;
}

/** Every refused row by its number, its id and what is wrong with it. */
function report({ services, refused }: Import, say: (line: string) => void): void {
  for (const { row, id, problem } of refused)
    say(`row ${row}${id === undefined ? '' : ` (${id})`}: refused, ${problem.field} ${problem.message}`);
  say(`${services.length} services taken, ${refused.length} refused`);
}

async function check(call: CommandCall): End {
  const feed = await read(call);
  return feed.ok ? ok(feed.value.refused.length > 0 ? 'found' : 'well') : feed;
}

async function bring(call: CommandCall, isTry: boolean): End {
  const feed = await read(call);
  if (!feed.ok) return feed;
  const { values, positionals } = argsOf(call.args);
  const holidays =
    values.holidays === undefined
      ? ok(bankHolidayList.parse(usualHolidays))
      : await readJson(values.holidays, bankHolidayList);
  if (!holidays.ok) return holidays;
  const { services, refused } = feed.value;
  const file = basename(positionals[0] ?? '');
  const source = { name: values.name ?? file, demonstration: values.demonstration ?? false };
  // A refused row may be a service that is in the directory now: leaving it out would take that service away unseen.
  const isStopped = refused.length > 0 && values['without-refused'] !== true;
  if (services.length === 0)
    return wrong('FILE', 'holds no service that can be taken; the directory stays as it is');
  const kept = await keepDirectory(
    call.pool,
    { source, bankHolidays: holidays.value, services },
    { how: `import ${file}`, now: call.now, isTry: isTry || isStopped },
  );
  sayDiff(kept.diff, call.say);
  if (!isTry && isStopped)
    call.say('not imported: mend the refused rows, or leave them out with --without-refused');
  else if (!isTry) call.say(kept.isNew ? `now version ${kept.version}` : `as it is: version ${kept.version}`);
  return ok(isStopped || (isTry && refused.length > 0) ? 'found' : 'well');
}

function sayDiff({ added, removed, changed }: DirectoryDiff, say: (line: string) => void): void {
  for (const id of added) say(`+ ${id}`);
  for (const id of removed) say(`- ${id}`);
  for (const { id, fields } of changed) say(`~ ${id}: ${fields.join(', ')}`);
  say(`${added.length} added, ${removed.length} removed, ${changed.length} changed`);
}

/** The version before the present one, or the one named, becomes the newest again. Nothing is deleted. */
async function undo({ pool, args, now, say }: CommandCall): End {
  const [present, before] = await listVersions(pool);
  const to = args[0] === undefined ? before?.version : Number(args[0]);
  const earlier = to === undefined || !Number.isInteger(to) ? undefined : await earlierDirectory(pool, to);
  if (earlier === undefined || to === present?.version)
    return wrong('VERSION', 'must be an earlier version that is listed by "directory list"');
  const kept = await keepDirectory(pool, earlier, { how: `undo to ${to}`, now });
  sayDiff(kept.diff, say);
  say(`now version ${kept.version}, as version ${to} was`);
  return ok('well');
}

async function list({ pool, say }: CommandCall): End {
  const versions = await listVersions(pool);
  for (const { version, madeAt, services, how } of versions)
    say(`${version}  ${new Date(madeAt).toISOString()}  ${services} services  ${how}`);
  say(`${versions.length} versions`);
  return ok('well');
}

async function faults({ pool, say }: CommandCall): End {
  const found = await listFaults(pool);
  for (const { service, version, says, by, desk, at } of found)
    say(`${new Date(at).toISOString()}  ${service} (version ${version})  ${says}  ${by}, ${desk}`);
  say(`${found.length} reports`);
  return ok('well');
}
