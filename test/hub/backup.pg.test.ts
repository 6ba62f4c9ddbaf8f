import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { restoreBackup } from '../../hub/backup/read.ts';
import { TABLES } from '../../hub/backup/format.ts';
import { writeBackup } from '../../hub/backup/write.ts';
import { seePerson } from '../../hub/db/people-rows.ts';
import { insertFirstHubKey, insertReceiver } from '../../hub/db/receiver-rows.ts';
import { loadDemonstration } from '../../hub/directory/demonstration.ts';
import { migrate, migrationsCurrent } from '../../hub/db/migrate.ts';
import { type Pool } from '../../hub/db/pool.ts';
import { verifyAllStreams } from '../../hub/verify.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type StreamId } from '../../shared/ids.ts';
import { streamHead } from '../../shared/sync/protocol.ts';
import { v7 } from 'uuid';
import { emptyDatabase, hubDatabase } from './support/database.ts';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, notes, sealed } from './support/events.ts';
import { NOON, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';

let hub: TestHub;
let folder: string;
let file: string;
beforeEach(async () => {
  hub = await startHub();
  folder = await mkdtemp(join(tmpdir(), 'lantern-backup-'));
  file = join(folder, 'hub.backup');
});
afterEach(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});

/** Something of everything: a call of two desks, junk, a fork, a gap, a transfer of a stream, a directory, a report. */
async function filled(): Promise<{ desk: TestDesk; stream: StreamId; events: Envelope[] }> {
  const [desk, other] = [await hub.enrolled(), await hub.enrolled()];
  const stream = newStream();
  const call = newCall();
  const text = 'NUL \0 tab \t new line \n \\N \\ " 👩‍🚒 ,{}';
  const events = await sealed([...notes(5), { type: 'note.added', data: { text } }], {
    stream,
    desk: desk.id,
    at: NOON,
    call,
  });
  taken(await hub.push(desk, stream, 1, events));
  taken(await hub.push(desk, stream, 2, [{ junk: '\\N' }, ...events.slice(2)]));
  const beyond = newStream();
  const later = await sealed(notes(4), { stream: beyond, desk: other.id, at: NOON });
  taken(await hub.push(other, beyond, 3, later.slice(2)));
  await hub.post(other, `/v1/calls/${call}/lease`, { v: 1, takeOver: 'handedOn' });
  await hub.database.pool.query(
    `INSERT INTO stream_transfers (stream, from_desk, to_desk, at, how) VALUES ($1, $2, $3, 1, 'administrator')`,
    [beyond, other.id, desk.id],
  );
  await seePerson(hub.database.pool, { desk: desk.id, person: 'p1', roles: ['adviser'], at: NOON });
  await loadDemonstration(hub.database.pool, NOON);
  const receiver = { id: v7(), name: 'Haven', ods: null, endpoint: null, publicKey: null, addedAt: NOON };
  await insertReceiver(hub.database.pool, { ...receiver, how: 'page' });
  await insertFirstHubKey(hub.database.pool, { kid: 'k', privateJwk: '{}' }, NOON);
  await hub.database.pool.query(
    `INSERT INTO referrals (id, call, stream, seq, receiver, made_at, card) VALUES ($1, $2, $3, 1, $4, $5, '<p>')`,
    [v7(), call, stream, receiver.id, NOON],
  );
  const fault = {
    id: v7(),
    kind: 'fault',
    service: 'tide-cafe',
    version: 1,
    at: NOON,
    by: 'Sam',
    says: 'Shut',
  };
  await hub.post(desk, '/v1/directory/reports', { reports: [fault] });
  return { desk, stream, events };
}

async function everything(pool: Pool): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    all[table] = (await pool.query<{ row: unknown }>(`SELECT to_jsonb(t) AS row FROM ${table} t`)).rows
      .map(({ row }) => JSON.stringify(row))
      .toSorted();
  }
  return all;
}

describe('a backup', () => {
  test('put into an empty database is the same in every row of every table, and every chain is whole', async () => {
    await filled();
    const before = await everything(hub.database.pool);
    for (const table of TABLES) expect(before[table]?.length, table).toBeGreaterThan(0);
    const rows = await writeBackup(hub.database.pool, file, NOON);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['hub.backup']);
    const empty = await emptyDatabase();
    expect(await restoreBackup(empty.pool, file)).toEqual({ ok: true, value: { at: NOON, rows } });
    expect(await everything(empty.pool)).toEqual(before);
    const reports = await verifyAllStreams(empty.pool);
    expect(reports).toEqual(await verifyAllStreams(hub.database.pool));
    expect(reports.flatMap((report) => report.faults)).toEqual([{ kind: 'gap', seq: 3, expected: 1 }]);
    await empty.drop();
  });

  test('is one moment, however much comes in while it is made', async () => {
    const { desk, stream, events } = await filled();
    let head = { seq: 6, hash: events[5]?.hash ?? '' };
    let more = true;
    const sending = (async () => {
      while (more) {
        const next = await sealed(notes(3), { stream, desk: desk.id, at: NOON, head });
        taken(await hub.push(desk, stream, head.seq + 1, next));
        head = { seq: head.seq + 3, hash: next[2]?.hash ?? '' };
      }
    })();
    for (let round = 0; round < 3; round++) {
      await writeBackup(hub.database.another(), file, NOON);
      const empty = await hubDatabase();
      expect(await restoreBackup(empty.pool, file)).toMatchObject({ ok: true });
      // Receipts and events are of the same moment: nothing is promised that is not there.
      const report = (await verifyAllStreams(empty.pool)).find((one) => one.stream === stream);
      expect(report?.faults).toEqual([]);
      const { rows } = await empty.pool.query('SELECT acked FROM streams WHERE stream = $1', [stream]);
      expect(rows).toEqual([{ acked: report?.events }]);
      await empty.drop();
    }
    more = false;
    await sending;
  });

  test('that is older than the desks: they send the rest again, and no number is given out twice', async () => {
    const { desk, stream, events } = await filled();
    await writeBackup(hub.database.pool, file, NOON);
    const head = { seq: 6, hash: events[5]?.hash ?? '' };
    const lost = await sealed(notes(10), { stream, desk: desk.id, at: NOON, head });
    const lostAnswer = taken(await hub.push(desk, stream, 7, lost));
    const restored = await startHub({}, await emptyDatabase());
    expect(await restoreBackup(restored.database.pool, file)).toMatchObject({ ok: true });
    // The desk sees that the hub is behind its receipts, and sends everything after.
    const there = streamHead.parse((await restored.get(desk, `/v1/streams/${stream}`)).body);
    expect(there).toEqual({ stream, acked: 6, hash: events[5]?.hash });
    const answer = taken(await restored.push(desk, stream, there.acked + 1, lost));
    expect(answer).toMatchObject({ acked: 16, receipts: [{ from: 7, to: 16 }] });
    expect(answer.receipts[0]?.n).toBeGreaterThan(lostAnswer.receipts[0]?.n ?? Infinity);
    expect(await storedEvents(restored.database, stream)).toEqual([...events, ...lost]);
    // What it had sent before is answered with the receipt of that time.
    const old = taken(await restored.push(desk, stream, 1, events));
    expect(old.receipts).toEqual(taken(await hub.push(desk, stream, 1, events)).receipts);
    await restored.close();
  });
});

describe('a restore', () => {
  test('goes only into an empty database', async () => {
    await filled();
    await writeBackup(hub.database.pool, file, NOON);
    const before = await everything(hub.database.pool);
    expect(await restoreBackup(hub.database.pool, file)).toMatchObject({
      error: { code: 'restore.notEmpty', field: 'database' },
    });
    expect(await everything(hub.database.pool)).toEqual(before);
  });

  test('takes a file that was cut short, changed, added to, or is none, for damaged, and leaves nothing', async () => {
    await filled();
    await writeBackup(hub.database.pool, file, NOON);
    const whole = await readFile(file);
    const text = gunzipSync(whole).toString();
    const lines = text.trimEnd().split('\n');
    const eventLine = lines.findIndex((line) => line.includes('a note 3'));
    const cases: Record<string, Buffer> = {
      cutShort: whole.subarray(0, whole.length - 20),
      withoutEnd: gzipSync(lines.slice(0, -1).join('\n')),
      withoutARow: gzipSync(lines.filter((_line, at) => at !== eventLine).join('\n')),
      edited: gzipSync(text.replace('a note 3', 'a lie 33')),
      swapped: gzipSync(
        lines
          .with(eventLine, lines[eventLine + 1] ?? '')
          .with(eventLine + 1, lines[eventLine] ?? '')
          .join('\n'),
      ),
      notGzip: Buffer.from(text),
      empty: Buffer.alloc(0),
      other: gzipSync('{"lantern":"something else"}\n'),
    };
    const empty = await emptyDatabase();
    for (const [name, bytes] of Object.entries(cases)) {
      await writeFile(file, bytes);
      expect(await restoreBackup(empty.pool, file), name).toMatchObject({
        error: { code: 'restore.damaged', field: 'FILE' },
      });
      const { rows } = await empty.pool.query("SELECT to_regclass('events') AS made");
      if (rows[0]?.made !== null) {
        expect(Object.values(await everything(empty.pool)).flat(), name).toEqual([]);
      }
    }
    await appendFile(file, 'x');
    expect(await restoreBackup(empty.pool, join(folder, 'nowhere'))).toMatchObject({
      error: { code: 'restore.noFile' },
    });
    await empty.drop();
  });

  test('of what an older hub has saved brings its schema up to date', async () => {
    const old = await emptyDatabase();
    await migrate(old.pool, undefined, 2);
    await old.pool.query(
      `INSERT INTO desks (id, name, public_key, enrolled_at) VALUES ($1, 'Desk 1', '{}', 7)`,
      [v7()],
    );
    expect(await writeBackup(old.pool, file, NOON)).toMatchObject({ desks: 1 });
    const empty = await emptyDatabase();
    expect(await restoreBackup(empty.pool, file)).toMatchObject({ ok: true });
    expect(await migrationsCurrent(empty.pool)).toBe(true);
    const { rows } = await empty.pool.query('SELECT name, enrolled_at, expires_at FROM desks');
    expect(rows).toEqual([{ name: 'Desk 1', enrolled_at: 7, expires_at: null }]);
    await Promise.all([old.drop(), empty.drop()]);
  });
});

describe('verify', () => {
  const tamper = async (sql: string): Promise<unknown> => {
    const desk = await hub.enrolled();
    const stream = newStream();
    const events = await sealed(notes(6), { stream, desk: desk.id, at: NOON });
    taken(await hub.push(desk, stream, 1, events.slice(0, 3)));
    taken(await hub.push(desk, stream, 4, events.slice(3)));
    await hub.database.pool.query(sql, [stream]);
    return (await verifyAllStreams(hub.database.pool)).find((report) => report.stream === stream)?.faults;
  };

  test.each<[string, string, unknown]>([
    [
      'an edited row',
      `UPDATE events SET event = replace(event, 'a note 2', 'a lie 2') WHERE stream = $1`,
      [{ kind: 'wrongHash', seq: 2 }],
    ],
    [
      'a deleted row',
      'DELETE FROM events WHERE stream = $1 AND seq = 2',
      [{ kind: 'gap', seq: 3, expected: 2 }],
    ],
    ['a deleted last row', 'DELETE FROM events WHERE stream = $1 AND seq = 6', [{ kind: 'missing', seq: 6 }]],
    ['every row deleted', 'DELETE FROM events WHERE stream = $1', [{ kind: 'missing', seq: 1 }]],
    [
      'two rows swapped',
      `UPDATE events SET event = (SELECT event FROM events AS o WHERE o.stream = $1 AND o.seq = 7 - events.seq)
       WHERE stream = $1 AND seq IN (3, 4)`,
      [
        { kind: 'unreadable', seq: 3 },
        { kind: 'unreadable', seq: 4 },
        { kind: 'brokenLink', seq: 5 },
      ],
    ],
    [
      'a receipt for another event',
      `UPDATE receipts SET hash = repeat('a', 64) WHERE stream = $1 AND seq_to = 3`,
      [{ kind: 'notAsReceipted', seq: 3 }],
    ],
  ])('finds %s', async (_name, sql, faults) => {
    expect(await tamper(sql)).toEqual(faults);
  });
});
