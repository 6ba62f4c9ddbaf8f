import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { replay } from '../../shared/call/replay.ts';
import { contentByVersion } from '../../shared/content/packs.ts';
import { understand } from '../../shared/events/event.ts';
import { type Picture } from '../../shared/call/picture.ts';
import { areaNamesOf } from '../../shared/directory/area-names.ts';
import { type AreaBook, callArea } from '../../shared/exports/call-area.ts';
import { declineCounts, declinesCsv } from '../../shared/exports/declines/declines.ts';
import { helplineIndicators, indicatorsCsv } from '../../shared/exports/indicators.ts';
import { nationalReturn, tables } from '../../shared/exports/national/return.ts';
import { type ReportedCall } from '../../shared/exports/national/rows.ts';
import { openIndex } from '../../shared/geography/index-file.ts';
import { type CallId } from '../../shared/ids.ts';
import { dayNumber, utcOf } from '../../shared/london.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Problem } from '../../shared/problem.ts';
import { writeAudit } from '../db/audit-rows.ts';
import { readOfferedCalls } from '../db/call-rows.ts';
import { readHead, readServicesAt } from '../db/directory-rows.ts';
import { type Pool } from '../db/pool.ts';
import { readWholeCall } from '../db/stream-rows.ts';
import { type Command, wrong } from './command.ts';

const text = { type: 'string' } as const;
const OPTIONS = {
  from: text,
  to: text,
  out: text,
  area: text,
  postcodes: text,
  provider: text,
  commissioner: text,
  team: text,
};

/**
 * What commissioners and the national data set ask for, of every call offered on the London days `--from` to `--to`, as
 * CSV files in a new folder that only its owner may read. A call that cannot be reported is named by its id. A call's area
 * is its own, by the postcode that was said (`--postcodes`, an index of `npm run postcodes`) or the area a service was looked
 * up in; `--area` is for those of which nobody said one.
 */
export const exportFiles: Command = {
  usage:
    '--from YYYY-MM-DD --to YYYY-MM-DD --out FOLDER [--postcodes INDEX] [--area NAME] [--provider ODS --commissioner ODS --team ID]',
  async run({ pool, args, now, say }) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { from, to, out, area, postcodes, provider, commissioner, team } = values;
    const [first, last] = [dayNumber(from ?? ''), dayNumber(to ?? '')];
    if (first === undefined) return wrong('--from', 'must be a day, as 2026-11-01');
    if (last === undefined || last < first) return wrong('--to', 'must be a day, and not before --from');
    if (out === undefined) return wrong('--out', 'must name a folder that is not there yet');
    const period = { from: utcOf(first, 0, 'first'), to: utcOf(last + 1, 0, 'first') };
    const { calls, unread } = await readCalls(pool, await readOfferedCalls(pool, period));
    const book = await areaBook(pool, postcodes);
    if (!book.ok) return book;
    const pictures = calls.map(({ picture }) => picture);
    const areas = new Map(
      calls.map(({ picture, content }) => [picture, callArea(picture, content, book.value) ?? area] as const),
    );
    const areaOf = (picture: Picture): string | undefined => areas.get(picture);
    const made = await makeFolder(out);
    if (!made.ok) return made;
    const put = (name: string, content: string): Promise<void> =>
      writeFile(join(out, name), content, { flag: 'wx', mode: 0o600 });
    await put('indicators.csv', indicatorsCsv(helplineIndicators(pictures, areaOf)));
    await put('declines.csv', declinesCsv(declineCounts(pictures, areaOf)));
    const refused = [...unread];
    if (provider !== undefined && commissioner !== undefined && team !== undefined) {
      const national = nationalReturn(calls, { provider, commissioner, team });
      for (const table of tables) await put(`${table}.csv`, national.files[table]);
      for (const { call, problem } of national.refused)
        refused.push(`${call}: ${problem.field} ${problem.message}`);
    }
    await writeAudit(pool, { at: now, kind: 'exported', detail: `${from ?? ''} to ${to ?? ''}` });
    for (const line of refused) say(line);
    say(`${calls.length} calls written to ${out}, ${refused.length} not reported in full`);
    return ok(refused.length === 0 ? 'well' : 'found');
  },
};

/** What the hub knows of areas: the index that was named, and what its directory calls them. */
async function areaBook(pool: Pool, path: string | undefined): Promise<Result<AreaBook, Problem>> {
  const head = await readHead(pool);
  const services = head === undefined ? [] : await readServicesAt(pool, head.version);
  if (path === undefined) return ok({ postcodes: undefined, names: areaNamesOf(services, {}) });
  const bytes = await readFile(path).catch(() => undefined);
  const index = bytes === undefined ? undefined : openIndex(Uint8Array.from(bytes));
  if (index?.ok !== true) return wrong('--postcodes', 'must name an index that "npm run postcodes" has made');
  return ok({ postcodes: index.value, names: areaNamesOf(services, index.value.names) });
}

async function makeFolder(path: string): Promise<Result<void, Problem>> {
  try {
    await mkdir(path, { mode: 0o700 });
    return ok(undefined);
  } catch {
    return wrong('--out', 'must name a folder that is not there yet, in one that is');
  }
}

async function readCalls(
  pool: Pool,
  ids: readonly CallId[],
): Promise<{ readonly calls: readonly ReportedCall[]; readonly unread: readonly string[] }> {
  const calls: ReportedCall[] = [];
  const unread: string[] = [];
  for (const call of ids) {
    const stored = await readWholeCall(pool, call);
    const content = contentByVersion(stored[0]?.event.content ?? '');
    if (content === undefined) {
      unread.push(`${call}: content ${stored[0]?.event.content ?? ''} is not known to this hub`);
      continue;
    }
    const events = stored.flatMap(({ event }) => {
      const known = understand(event);
      return known.ok ? [known.value] : [];
    });
    calls.push({ call, content, picture: replay(events, content).snapshot.context.picture });
  }
  return { calls, unread };
}
