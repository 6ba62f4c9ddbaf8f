import { ok } from '../../shared/result.ts';
import { restoreBackup } from '../backup/read.ts';
import { writeBackup } from '../backup/write.ts';
import { type RowCounts } from '../backup/format.ts';
import { writeAudit } from '../db/audit-rows.ts';
import { type Pool } from '../db/pool.ts';
import { listQuarantine, readKnownDoubts } from '../db/stream-rows.ts';
import { describeReport, verifyAllStreams } from '../verify.ts';
import { type Command, type CommandEnd, wrong } from './command.ts';

const inWords = (rows: RowCounts): string =>
  Object.entries(rows)
    .map(([table, count]) => `${count} ${table}`)
    .join(', ');

/** Checks every stored hash chain, and that every receipt's event is there. */
export const verify: Command = {
  usage: '',
  async run({ pool, say }) {
    const reports = await verifyAllStreams(pool);
    for (const report of reports) say(describeReport(report));
    const faults = reports.reduce((sum, report) => sum + report.faults.length, 0);
    say(`${reports.length} streams, ${faults} faults`);
    return ok(faults > 0 ? 'found' : 'well');
  },
};

/** Lists what could not be read as an event: where, when and why. Never what it says. */
export const quarantine: Command = {
  usage: '',
  async run({ pool, say }) {
    let count = 0;
    for await (const { stream, seq, code, field, receivedAt, bytes } of listQuarantine(pool)) {
      say(`${stream} ${seq}  ${new Date(receivedAt).toISOString()}  ${code} in ${field}, ${bytes} bytes`);
      count += 1;
    }
    say(`${count} in quarantine`);
    return ok('well');
  },
};

/** Saves everything the hub keeps, as it is at this moment, while hubs go on. */
export const backup: Command = {
  usage: 'FILE',
  async run({ pool, args, now, say }) {
    const [path] = args;
    if (path === undefined) return wrong('FILE', 'must be given');
    const saved = await writeBackup(pool, path, now);
    await writeAudit(pool, { at: now, kind: 'backedUp' });
    say(`saved ${inWords(saved)}`);
    return ok('well');
  },
};

/** Puts a backup into an empty database, then checks every chain. */
export const restore: Command = {
  usage: 'FILE',
  makesSchema: true,
  async run({ pool, args, say }) {
    const [path] = args;
    if (path === undefined) return wrong('FILE', 'must be given');
    const restored = await restoreBackup(pool, path);
    if (!restored.ok) return restored;
    say(`restored ${inWords(restored.value.rows)}, as of ${new Date(restored.value.at).toISOString()}`);
    return ok(await newFaults(pool, say));
  },
};

/** Faults the hub knew and had flagged before are part of what was saved; any other is said. */
async function newFaults(pool: Pool, say: (line: string) => void): Promise<CommandEnd> {
  const known = await readKnownDoubts(pool);
  const reports = await verifyAllStreams(pool);
  const bad = reports
    .map((report) => ({
      ...report,
      faults: report.faults.filter(({ kind, seq }) => !known.has(`${report.stream} ${seq} ${kind}`)),
    }))
    .filter((report) => report.faults.length > 0);
  for (const report of bad) say(describeReport(report));
  say(`${reports.length} streams, ${bad.length} with faults that were not known before`);
  return bad.length > 0 ? 'found' : 'well';
}
