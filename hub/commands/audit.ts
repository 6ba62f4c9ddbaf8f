import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { csv } from '../../shared/exports/csv/csv.ts';
import { dayNumber, utcOf } from '../../shared/london.ts';
import { ok } from '../../shared/result.ts';
import { pageAudit, writeAudit } from '../db/audit-rows.ts';
import { type Command, wrong } from './command.ts';

const text = { type: 'string' } as const;
const PAGE = 10_000;
const HEADINGS = ['n', 'at', 'kind', 'desk', 'person', 'call', 'detail'] as const;
type Row = Readonly<Partial<Record<(typeof HEADINGS)[number], string | number>>>;

/** The audit of the London days `--from` to `--to` as a CSV file that only its owner may read. Reading it is written down. */
export const audit: Command = {
  usage: '--from YYYY-MM-DD --to YYYY-MM-DD --out FILE',
  async run({ pool, args, now, say }) {
    const { values } = parseArgs({ args: [...args], options: { from: text, to: text, out: text } });
    const { from, to, out } = values;
    const [first, last] = [dayNumber(from ?? ''), dayNumber(to ?? '')];
    if (first === undefined) return wrong('--from', 'must be a day, as 2026-11-01');
    if (last === undefined || last < first) return wrong('--to', 'must be a day, and not before --from');
    if (out === undefined) return wrong('--out', 'must name a file that is not there yet');
    const period = { from: utcOf(first, 0, 'first'), to: utcOf(last + 1, 0, 'first') };
    const rows: Row[] = [];
    for (let after = 0; ;) {
      const page = await pageAudit(pool, { ...period, after, limit: PAGE });
      for (const { n, at, kind, desk, person, call, detail } of page) {
        const when = new Date(at).toISOString();
        rows.push({ n, at: when, kind, desk: desk ?? '', person: person ?? '', call: call ?? '', detail });
      }
      const end = page.at(-1);
      if (end === undefined || page.length < PAGE) break;
      after = end.n;
    }
    try {
      await writeFile(out, csv(HEADINGS, rows), { flag: 'wx', mode: 0o600 });
    } catch {
      return wrong('--out', 'must name a file that is not there yet, in a folder that is');
    }
    await writeAudit(pool, { at: now, kind: 'auditRead', detail: `${from ?? ''} to ${to ?? ''}` });
    say(`${rows.length} lines written to ${out}`);
    return ok('well');
  },
};
