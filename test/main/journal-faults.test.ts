import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { EMPTY_HEAD } from '../../shared/events/chain.ts';
import { damagedCopy } from '../support/vault.ts';
import { eventAt, headOf, makeEvents } from './support/events.ts';
import { faultyDisk } from './support/faulty-disk.ts';
import { filled, must, openJournal, readAll } from './support/journals.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

describe('a journal that was left damaged', () => {
  test.each([1, 20, 200])('a last line cut %i bytes short is taken off and said', async (short) => {
    const { folder, events, logs } = await filled(12);
    const path = join(logs, '00000001.log');
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - short));
    const journal = openJournal(folder);
    const opened = await must(journal.open());
    expect(opened.head).toEqual(headOf(events.slice(0, 11)));
    expect(opened.repairs).toEqual([expect.stringContaining('half-written line')]);
    await must(journal.append([eventAt(events, 11)]));
    expect(await readAll(journal)).toEqual(events);
    await journal.close();
    const clean = openJournal(folder);
    expect((await must(clean.open())).repairs).toEqual([]);
    await clean.close();
  });

  test('zeros where a power cut left unwritten blocks are taken off', async () => {
    const { folder, events, logs } = await filled(3);
    await appendFile(join(logs, '00000001.log'), Buffer.alloc(4096));
    const journal = openJournal(folder);
    expect(await must(journal.open())).toMatchObject({ head: headOf(events), repairs: [expect.any(String)] });
    await journal.close();
  });

  test('a damaged line in the middle: the rest stays readable, the file is kept aside, and it is said', async () => {
    const { folder, stream, events, logs } = await filled(12);
    const path = join(logs, '00000001.log');
    const bytes = await readFile(path);
    bytes[bytes.indexOf('"seq":5,') + 1] = 'S'.charCodeAt(0);
    await writeFile(path, bytes);
    const journal = openJournal(folder);
    const opened = await must(journal.open());
    expect(opened.head).toEqual(headOf(events));
    expect(opened.repairs.join(' ')).toMatch(/damaged line.*00000001\.log\.damaged.*Event 5 is missing/);
    expect(await readAll(journal)).toEqual(events.filter(({ seq }) => seq !== 5));
    expect(await journal.append([eventAt(events, 4)])).toMatchObject({ error: { code: 'journal.gap' } });
    await must(journal.append(await makeEvents(stream, 1, headOf(events))));
    await journal.close();
    expect(await damagedCopy(`${path}.damaged`)).toEqual(bytes);
    const again = openJournal(folder);
    expect((await must(again.open())).repairs).toEqual([expect.stringContaining('Event 5 is missing')]);
    await again.close();
  });

  test('damage in a sealed file is found when it is read', async () => {
    const { folder, events, logs } = await filled(60, 8_000);
    const path = join(logs, '00000001.log');
    const bytes = await readFile(path);
    bytes[bytes.indexOf('"seq":5,') + 1] = 'S'.charCodeAt(0);
    await writeFile(path, bytes);
    const log = recordLog();
    const journal = openJournal(folder, nodeDisk, 8_000, log);
    expect(await must(journal.open())).toMatchObject({ head: headOf(events), acked: 0, repairs: [] });
    expect(await readAll(journal)).toEqual(events.filter(({ seq }) => seq !== 5));
    expect(log.codes()).toContain('journal.damaged');
    await journal.close();
    expect(await damagedCopy(`${path}.damaged`)).toEqual(bytes);
  });

  test.each(['', 'not json', '{"v":1}', '{"v":1,"from":1,"to":9,"prev":"x","hash":"y","bytes":1,"sha":"z"}'])(
    'a seal that says %j is not trusted',
    async (seal) => {
      const { folder, events, logs } = await filled(60, 8_000);
      await writeFile(join(logs, '00000001.seal'), seal);
      const journal = openJournal(folder, nodeDisk, 8_000);
      expect(await must(journal.open())).toMatchObject({ head: headOf(events), acked: 0, repairs: [] });
      expect(await readAll(journal)).toEqual(events);
      await journal.close();
    },
  );

  test.each(['', '{', '{"v":2}', '[]'])(
    'a list of streams that says %j: the newest stream is taken',
    async (text) => {
      const { folder, stream, events } = await filled(3);
      await writeFile(join(folder, 'current.json'), text);
      const journal = openJournal(folder);
      const opened = await must(journal.open());
      expect(opened).toMatchObject({ stream, head: headOf(events) });
      expect(opened.repairs.length).toBeGreaterThan(0);
      expect((await readdir(folder)).some((name) => name.startsWith('current.json.broken-'))).toBe(true);
      await journal.close();
    },
  );

  test('a folder of pure junk opens empty, and nothing is deleted', async () => {
    const { folder, logs } = await filled(1);
    await writeFile(join(logs, '00000001.log'), 'junk\nmore junk\n');
    const journal = openJournal(folder);
    const opened = await must(journal.open());
    expect(opened.head).toEqual(EMPTY_HEAD);
    expect(opened.repairs).toHaveLength(1);
    expect((await damagedCopy(join(logs, '00000001.log.damaged'))).toString()).toBe('junk\nmore junk\n');
    await journal.close();
  });
});

describe('a disk that refuses', () => {
  test('full: the append fails, nothing of it counts, and it works once there is room', async () => {
    const disk = faultyDisk();
    const folder = await tempFolder();
    const log = recordLog();
    const journal = openJournal(folder, disk, undefined, log);
    const { stream } = await must(journal.open());
    const events = await makeEvents(stream, 4);
    await must(journal.append(events.slice(0, 2)));
    disk.room = 100;
    const refused = await journal.append([eventAt(events, 2)]);
    expect(refused).toMatchObject({
      error: { code: 'journal.writeFailed', message: expect.stringContaining('full') },
    });
    expect((await must(journal.open())).head).toEqual(headOf(events.slice(0, 2)));
    expect(await journal.append([eventAt(events, 2)])).toMatchObject({ ok: false });
    disk.room = Infinity;
    await must(journal.append(events.slice(2)));
    await journal.close();
    expect(log.entries).toContainEqual(
      expect.objectContaining({ code: 'journal.writeFailed', cause: 'ENOSPC' }),
    );
    expect(JSON.stringify(log.entries)).not.toContain('a note');

    const again = openJournal(folder);
    expect(await must(again.open())).toEqual({ stream, head: headOf(events), acked: 0, repairs: [] });
    expect(await readAll(again)).toEqual(events);
    await again.close();
  });

  test('full, and the half-written line cannot be taken off either: appends go on failing until it can', async () => {
    const disk = faultyDisk();
    const journal = openJournal(await tempFolder(), disk);
    const { stream } = await must(journal.open());
    const events = await makeEvents(stream, 2);
    await must(journal.append([eventAt(events, 0)]));
    Object.assign(disk, { room: 50, failTruncates: 1 });
    expect(await journal.append([eventAt(events, 1)])).toMatchObject({ ok: false });
    disk.room = Infinity;
    expect(await journal.append([eventAt(events, 1)])).toMatchObject({ ok: false });
    await must(journal.append([eventAt(events, 1)]));
    expect(await readAll(journal)).toEqual(events);
    await journal.close();
  });

  test('a failed fsync is never taken for success: the file is left and the next append goes to a new one', async () => {
    const disk = faultyDisk();
    const folder = await tempFolder();
    const journal = openJournal(folder, disk);
    const { stream } = await must(journal.open());
    const events = await makeEvents(stream, 4);
    await must(journal.append(events.slice(0, 2)));
    disk.failSyncs = 1;
    expect(await journal.append([eventAt(events, 2)])).toMatchObject({
      error: { code: 'journal.writeFailed' },
    });
    expect((await must(journal.open())).head.seq).toBe(2);
    await must(journal.append(events.slice(2)));
    const logs = (await readdir(join(folder, stream))).filter((name) => name.endsWith('.log'));
    expect(logs).toEqual(['00000001.log', '00000002.log']);
    expect(await readAll(journal)).toEqual(events);
    await journal.close();
    const again = openJournal(folder);
    expect(await must(again.open())).toEqual({ stream, head: headOf(events), acked: 0, repairs: [] });
    expect(await readAll(again)).toEqual(events);
    await again.close();
  });

  test('unconfirmed lines that could not be taken off lose against those confirmed later', async () => {
    const disk = faultyDisk();
    const folder = await tempFolder();
    const journal = openJournal(folder, disk);
    const { stream } = await must(journal.open());
    const first = await makeEvents(stream, 2);
    await must(journal.append(first));
    Object.assign(disk, { failSyncs: 1, failTruncates: 1 });
    expect(await journal.append(await makeEvents(stream, 2, headOf(first), 'never confirmed'))).toMatchObject(
      { ok: false },
    );
    const second = await makeEvents(stream, 2, headOf(first), 'confirmed');
    await must(journal.append(second));
    await journal.close();
    const again = openJournal(folder);
    expect(await must(again.open())).toMatchObject({ head: headOf(second) });
    expect(await readAll(again)).toEqual([...first, ...second]);
    await again.close();
  });

  test('a failure refuses every append of the group, and none of them is acknowledged', async () => {
    const disk = faultyDisk();
    const journal = openJournal(await tempFolder(), disk);
    const { stream } = await must(journal.open());
    const events = await makeEvents(stream, 20);
    disk.failSyncs = 1;
    const answers = await Promise.all(events.map((event) => journal.append([event])));
    const acked = answers.filter(({ ok }) => ok).length;
    expect((await must(journal.open())).head.seq).toBe(acked);
    expect(acked).toBe(0);
    await journal.close();
  });

  test('a folder that cannot be used is a fault that says so, and is tried again', async () => {
    const folder = join(await tempFolder(), 'file');
    await writeFile(folder, '');
    const journal = openJournal(folder);
    expect(await journal.open()).toMatchObject({ error: { code: 'journal.unavailable' } });
    expect(await journal.read(0, 1)).toMatchObject({ error: { code: 'journal.unavailable' } });
    await journal.close();
    expect(await journal.open()).toMatchObject({ ok: false });
  });
});
