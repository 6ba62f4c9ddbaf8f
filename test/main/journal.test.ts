import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { sha256 } from '../../main/services/node-system.ts';
import { EMPTY_HEAD, verifyChain } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { eventAt, headOf, makeEvents, newStreamId } from './support/events.ts';
import { faultyDisk } from './support/faulty-disk.ts';
import { filled, must, openJournal, readAll } from './support/journals.ts';
import { tempFolder } from './support/temp-folder.ts';

describe('a journal on a healthy disk', () => {
  test('reads the streams that were set aside, and makes none by being asked', async () => {
    const folder = await tempFolder();
    const journal = openJournal(folder);
    const { stream } = await must(journal.open());
    const events = await makeEvents(stream, 3);
    await must(journal.append(events));
    const next = await must(journal.newStream('a test'));
    expect(await must(journal.read(1, 10, stream))).toEqual({ events: events.slice(1), locked: [] });
    expect(await must(journal.read(0, 10))).toEqual({ events: [], locked: [] });
    expect(await must(journal.read(0, 10, newStreamId()))).toEqual({ events: [], locked: [] });
    expect(await must(journal.streams())).toEqual({ streams: [stream, next.stream].toSorted() });
    await journal.close();
  });

  test('keeps how far the hub has a stream, never less than before', async () => {
    const folder = await tempFolder();
    const journal = openJournal(folder);
    const { stream } = await must(journal.open());
    const receipt = { n: 7, stream, from: 1, to: 5, hash: null, at: 1 };
    await must(journal.acknowledge(stream, { acked: 5, receipt }));
    await must(journal.acknowledge(stream, { acked: 3 }));
    await journal.close();
    const again = openJournal(folder);
    expect(await must(again.open())).toMatchObject({ acked: 5, receipt });
    await again.close();
  });

  test('starts empty, and is at the same stream and head after a restart', async () => {
    const folder = await tempFolder();
    const journal = openJournal(folder);
    const first = await must(journal.open());
    expect(first).toMatchObject({ head: EMPTY_HEAD, repairs: [] });
    const events = await makeEvents(first.stream, 3);
    expect(await must(journal.append(events))).toEqual({ head: headOf(events) });
    await journal.close();

    const again = openJournal(folder);
    expect(await must(again.open())).toEqual({
      stream: first.stream,
      head: headOf(events),
      acked: 0,
      repairs: [],
    });
    expect(await readAll(again)).toEqual(events);
    await again.close();
  });

  test('writes one checksummed line per event, a box with its place on it, in a file for this user alone', async () => {
    const { logs } = await filled(2);
    const path = join(logs, '00000001.log');
    const text = await readFile(path, 'utf8');
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toMatch(
      /^[0-9a-f]{8} \{"box":"[A-Za-z0-9+/=]+","key":"[0-9a-f-]{36}","seq":1,"stream":"[0-9a-f-]{36}"\}\n/,
    );
    expect(text).not.toContain('a note');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(logs)).mode & 0o777).toBe(0o700);
  });

  test('rolls into several sealed files and reads across them', async () => {
    const { folder, events, logs } = await filled(60, 8_000);
    const names = await readdir(logs);
    expect(names.filter((name) => name.endsWith('.log')).length).toBeGreaterThan(2);
    expect(names.filter((name) => name.endsWith('.seal')).length).toBeGreaterThan(1);
    const journal = openJournal(folder, nodeDisk, 8_000);
    expect(await must(journal.open())).toMatchObject({ head: headOf(events), repairs: [] });
    expect(await readAll(journal)).toEqual(events);
    expect((await must(journal.read(25, 7))).events).toEqual(events.slice(25, 32));
    expect(await verifyChain(await readAll(journal), sha256)).toEqual([]);
    await journal.close();
  });

  test('a start reads the last file only, when the earlier ones are sealed', async () => {
    const { folder, logs } = await filled(60, 8_000);
    const read: string[] = [];
    const journal = openJournal(
      folder,
      { ...nodeDisk, read: (path) => (read.push(path), nodeDisk.read(path)) },
      8_000,
    );
    await must(journal.open());
    const last =
      (await readdir(logs))
        .filter((name) => name.endsWith('.log'))
        .toSorted()
        .at(-1) ?? '';
    expect(read.filter((path) => path.endsWith('.log'))).toEqual([join(logs, last)]);
    await journal.close();
  });

  test('appends that come together share one fsync', async () => {
    const disk = faultyDisk();
    const journal = openJournal(await tempFolder(), disk);
    const { stream } = await must(journal.open());
    const events = await makeEvents(stream, 200);
    const answers = await Promise.all(events.map((event) => journal.append([event])));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(disk.syncs).toBeLessThanOrEqual(2);
    const before = disk.syncs;
    await must(journal.append(await makeEvents(stream, 1, headOf(events))));
    expect(disk.syncs).toBe(before + 1);
    await journal.close();
  });
});

describe('what follows on and what does not', () => {
  test('an event that is already there is a success and is not written again', async () => {
    const { folder, events } = await filled(5);
    const journal = openJournal(folder);
    expect(await must(journal.append(events))).toEqual({ head: headOf(events) });
    expect(await must(journal.append(events.slice(1, 3)))).toEqual({ head: headOf(events) });
    const more = await makeEvents(eventAt(events, 0).stream, 2, headOf(events));
    expect(await must(journal.append([...events.slice(3), ...more]))).toEqual({ head: headOf(more) });
    expect(await readAll(journal)).toEqual([...events, ...more]);
    await journal.close();
  });

  test.each([
    ['journal.gap', 'events.0.seq', (events: Envelope[]) => [eventAt(events, 6)]],
    ['journal.gap', 'events.1.seq', (events: Envelope[]) => [eventAt(events, 5), eventAt(events, 7)]],
    [
      'journal.fork',
      'events.0.prev',
      (events: Envelope[]) => [{ ...eventAt(events, 5), prev: 'a'.repeat(64) }],
    ],
    [
      'journal.wrongHash',
      'events.0.hash',
      (events: Envelope[]) => [{ ...eventAt(events, 5), hash: 'b'.repeat(64) }],
    ],
    ['journal.wrongHash', 'events.0.hash', (events: Envelope[]) => [{ ...eventAt(events, 5), at: 1 }]],
    [
      'journal.fork',
      'events.0.hash',
      (events: Envelope[]) => [{ ...eventAt(events, 2), hash: 'c'.repeat(64) }],
    ],
    [
      'journal.wrongStream',
      'events.0.stream',
      (events: Envelope[]) => [{ ...eventAt(events, 5), stream: newStreamId() }],
    ],
  ])('%s at %s: nothing is written', async (code, field, pick) => {
    const { folder, stream, events } = await filled(5);
    const all = [...events, ...(await makeEvents(stream, 5, headOf(events)))];
    const journal = openJournal(folder);
    expect(await journal.append(pick(all))).toMatchObject({ ok: false, error: { code, field } });
    expect(await readAll(journal)).toEqual(events);
    expect(await must(journal.append([eventAt(all, 5)]))).toEqual({ head: headOf(all.slice(0, 6)) });
    await journal.close();
  });

  test('one that does not follow on leaves those that were asked for at the same time alone', async () => {
    const journal = openJournal(await tempFolder());
    const { stream } = await must(journal.open());
    const events = await makeEvents(stream, 3);
    const answers = await Promise.all([
      journal.append([eventAt(events, 0)]),
      journal.append([eventAt(events, 2)]),
      journal.append([eventAt(events, 1)]),
      journal.append([eventAt(events, 0)]),
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true, true]);
    expect(await readAll(journal)).toEqual(events.slice(0, 2));
    await journal.close();
  });

  test('a new stream sets the old one aside without deleting it', async () => {
    const { folder, stream, events, logs } = await filled(5);
    const journal = openJournal(folder);
    const fresh = await must(journal.newStream('the window’s database was lost'));
    expect(fresh.head).toEqual(EMPTY_HEAD);
    expect(fresh.stream).not.toBe(stream);
    expect(await journal.append([eventAt(events, 0)])).toMatchObject({
      error: { code: 'journal.wrongStream' },
    });
    await must(journal.append(await makeEvents(fresh.stream, 1)));
    await journal.close();
    expect((await readFile(join(logs, '00000001.log'), 'utf8')).split('\n')).toHaveLength(6);
    const again = openJournal(folder);
    expect(await must(again.open())).toMatchObject({ stream: fresh.stream, head: { seq: 1 } });
    await again.close();
  });
});
