import { type Fault } from '../../shared/bridge/frames.ts';
import { parseEnvelope } from '../../shared/events/event.ts';
import { ok, type Result } from '../../shared/result.ts';
import { receipt } from '../../shared/sync/protocol.ts';
import { sealEvent, sealHead, sealReceipt } from './boxed-rows.ts';
import { type LanternDatabase } from './database.ts';
import { freshForks, sealDamaged } from './kept-rows.ts';
import { type EventRow, storedStream } from './rows.ts';
import { type Sealer } from './sealer.ts';
import { type Run } from './writer.ts';

const DONE = 'every row is in a box';
const PAGE = 200;

/**
 * Puts every row of version 1 into a box, page by page, each page one transaction: a window that ends in between goes
 * on at its next start. Readers understand both kinds. What the browser's own files still hold of replaced rows until
 * it tidies them, and what the disk holds in freed blocks, is out of our reach.
 */
export async function sealPlainRows(run: Run, sealer: Sealer): Promise<Result<number, Fault>> {
  const done = await run(async (database) => (await database.meta.get(DONE)) !== undefined);
  if (!done.ok || done.value) return done.ok ? ok(0) : done;
  let changed = 0;
  for (const step of [sealEvents, sealStreams, sealReceipts, sealForks, sealDamagedRows]) {
    const sealed = await run((database) => step(database, sealer));
    if (!sealed.ok) return sealed;
    changed += sealed.value;
  }
  const noted = await run((database) => database.meta.put({ name: DONE }));
  return noted.ok ? ok(changed) : noted;
}

const isPlain = (row: unknown): boolean => typeof row === 'object' && row !== null && !('box' in row);

async function sealEvents(database: LanternDatabase, sealer: Sealer): Promise<number> {
  let changed = 0;
  const keys = await database.events.toCollection().primaryKeys();
  for (let from = 0; from < keys.length; from += PAGE) {
    const page = keys.slice(from, from + PAGE);
    const rows = await database.events.bulkGet(page);
    const plain = page.flatMap((key, at) => (isPlain(rows[at]) ? [{ key, row: rows[at] }] : []));
    const sealed = await Promise.all(plain.map(({ key, row }) => sealOne(sealer, key, row)));
    if (sealed.length === 0) continue;
    await database.transaction('rw', [database.events, database.damaged], async () => {
      const now = await database.events.bulkGet(plain.map(({ key }) => key));
      // One that was mended meanwhile is in a box already.
      const still = sealed.filter((_one, at) => isPlain(now[at]));
      await database.events.bulkPut(still.map(({ event }) => event));
      await database.damaged.bulkAdd(still.flatMap(({ damaged }) => damaged ?? []));
    });
    changed += sealed.length;
  }
  return changed;
}

/** A row that is no event is kept among the damaged ones; in its place is a box that does not open, to be mended. */
async function sealOne(sealer: Sealer, [stream, seq]: [string, number], row: unknown) {
  const event = parseEnvelope(row);
  if (event.ok) return { event: await sealEvent(sealer, event.value), damaged: undefined };
  const damaged = await sealDamaged(sealer, stream, seq, row);
  const call = typeof row === 'object' && row !== null && 'call' in row ? row.call : undefined;
  const empty = { stream, seq, ...(typeof call === 'string' ? { call } : {}), key: damaged.key };
  return { event: { ...empty, box: new Uint8Array() } as unknown as EventRow, damaged };
}

async function sealStreams(database: LanternDatabase, sealer: Sealer): Promise<number> {
  let changed = 0;
  for (const found of await database.streams.toArray()) {
    const row = storedStream.safeParse(found).data;
    if (row?.hash === undefined) continue;
    const { hash, seq, stream } = row;
    const end = seq === 0 ? { seq } : await sealHead(sealer, stream, { seq, hash });
    await database.transaction('rw', [database.streams], async () => {
      const now = storedStream.safeParse(await database.streams.get(stream)).data;
      if (now?.hash !== hash) return;
      await database.streams.put({ stream, acked: now.acked, role: now.role, ...end });
      changed += 1;
    });
  }
  return changed;
}

async function sealReceipts(database: LanternDatabase, sealer: Sealer): Promise<number> {
  const plain = (await database.receipts.toArray()).flatMap((row) => receipt.safeParse(row).data ?? []);
  const rows = await Promise.all(plain.map((given) => sealReceipt(sealer, given)));
  await database.receipts.bulkPut(rows);
  return rows.length;
}

async function sealForks(database: LanternDatabase, sealer: Sealer): Promise<number> {
  const rows = await database.aside.toArray();
  const events = rows.flatMap((row) => {
    const event = parseEnvelope(row);
    return event.ok ? [event.value] : [];
  });
  const damaged = rows.filter((row) => !parseEnvelope(row).ok);
  const forks = await freshForks(database, sealer, events);
  const kept = await Promise.all(damaged.map((row, at) => sealDamaged(sealer, 'aside', at, row)));
  await database.transaction('rw', [database.aside, database.forks, database.damaged], async () => {
    await database.forks.bulkAdd(forks);
    await database.damaged.bulkAdd(kept);
    await database.aside.clear();
  });
  return rows.length;
}

async function sealDamagedRows(database: LanternDatabase, sealer: Sealer): Promise<number> {
  const keys = await database.damaged.toCollection().primaryKeys();
  const rows = await database.damaged.bulkGet(keys);
  const plain = keys.flatMap((key, at) => (isPlain(rows[at]) ? [{ key, row: rows[at] }] : []));
  const sealed = await Promise.all(
    plain.map(async ({ key, row }) => ({ n: key, ...(await sealDamaged(sealer, 'damaged', key, row)) })),
  );
  await database.damaged.bulkPut(sealed);
  return sealed.length;
}
