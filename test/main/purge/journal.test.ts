import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeLines } from '../../../main/services/lines.ts';
import { placeOf } from '../../../main/services/journal/event-line.ts';
import { readPurgeLog } from '../../../main/services/journal/purge-log.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { eventAt, headOf } from '../support/events.ts';
import { faultyDisk } from '../support/faulty-disk.ts';
import { must, openJournal, readAll } from '../support/journals.ts';
import { recordLog } from '../support/logs.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askFor, DAY_MS, inTurns, newCall, order, WRITTEN_AT } from './calls.ts';

const SMALL = 2_500;
const [a, b, c] = [newCall(), newCall(), newCall()];

async function kept(turns = [a, b, a, b, c, a, b, c, c, b]) {
  const folder = await tempFolder();
  const journal = openJournal(folder, nodeDisk, SMALL);
  const { stream } = await must(journal.open());
  const events = await inTurns(stream, turns);
  for (const event of events) await must(journal.append([event]));
  return { folder, journal, stream, events };
}

/** The numbers whose lines lie in the files, read past the journal. */
async function linesOf(folder: string, stream: StreamId): Promise<number[]> {
  const names = (await readdir(join(folder, stream))).filter((name) => name.endsWith('.log'));
  const files = await Promise.all(names.map((name) => readFile(join(folder, stream, name))));
  return files
    .flatMap((bytes) => decodeLines(bytes).map(({ value }) => placeOf(value)?.seq ?? -1))
    .toSorted((x, y) => x - y);
}

describe('a purged call', () => {
  test('is in no file any more; everything else is byte for byte what it was, and the chain goes on', async () => {
    const { folder, journal, stream, events } = await kept();
    expect(await must(journal.purge(order(askFor(a, events))))).toEqual({ purged: [a], kept: [] });
    const others = events.filter(({ call }) => call !== a);
    expect(await readAll(journal)).toEqual(others);
    expect(await linesOf(folder, stream)).toEqual(others.map(({ seq }) => seq));
    const more = await inTurns(stream, [c, c], headOf(events));
    await must(journal.append(more));
    await journal.close();

    const again = openJournal(folder, nodeDisk, SMALL);
    expect(await must(again.open())).toMatchObject({ head: headOf(more), repairs: [] });
    expect(await readAll(again)).toEqual([...others, ...more]);
    expect(await must(again.purged())).toEqual({
      streams: [
        {
          stream,
          runs: [1, 3, 6].map((seq) => ({ from: seq, to: seq, hash: eventAt(events, seq - 1).hash })),
        },
      ],
    });
    await again.close();
  });

  test('all of a stream: the next event follows on from what was purged', async () => {
    const { folder, journal, stream, events } = await kept();
    await must(journal.purge(order(askFor(a, events), askFor(b, events), askFor(c, events))));
    expect(await linesOf(folder, stream)).toEqual([]);
    await journal.close();
    const again = openJournal(folder, nodeDisk, SMALL);
    expect(await must(again.open())).toMatchObject({ head: headOf(events), repairs: [] });
    expect((await must(again.purged())).streams[0]?.runs).toEqual([
      { from: 1, to: 10, hash: headOf(events).hash },
    ]);
    const more = await inTurns(stream, [c, c, c], headOf(events));
    for (const event of more) await must(again.append([event]));
    await again.close();
    const third = openJournal(folder, nodeDisk, SMALL);
    expect(await must(third.open())).toMatchObject({ head: headOf(more), repairs: [] });
    expect(await readAll(third)).toEqual(more);
    await third.close();
  });

  test('cannot be written again: its numbers stay taken', async () => {
    const { journal, events } = await kept();
    await must(journal.purge(order(askFor(a, events))));
    expect(await journal.append([{ ...eventAt(events, 0), hash: 'f'.repeat(64) }])).toMatchObject({
      ok: false,
    });
    expect((await readAll(journal)).some(({ call }) => call === a)).toBe(false);
    await journal.close();
  });

  test('of a stream that was set aside goes as well', async () => {
    const { folder, journal, stream, events } = await kept();
    await must(journal.newStream('a test'));
    await must(journal.purge(order(askFor(a, events))));
    expect(await linesOf(folder, stream)).toEqual(
      events.filter(({ call }) => call !== a).map(({ seq }) => seq),
    );
    await journal.close();
  });

  test('is in the purge log, with its numbers and the policy, and nobody’s words or name', async () => {
    const { folder, journal, stream, events } = await kept();
    await must(journal.purge(order(askFor(a, events))));
    await must(journal.purge(order(askFor(b, events))));
    await journal.close();
    const { entries, unread } = await readPurgeLog(nodeDisk, folder);
    expect(unread).toBe(0);
    expect(entries).toEqual([
      {
        at: WRITTEN_AT + 31 * DAY_MS,
        call: a,
        events: 3,
        streams: [{ stream, runs: [1, 3, 6].map((seq) => [seq, seq]) }],
        afterDays: 30,
      },
      expect.objectContaining({ call: b, events: 4 }),
    ]);
    const files = await readdir(folder);
    for (const name of ['purge-log.lines', 'purged.json']) {
      expect(files).toContain(name);
      const text = await readFile(join(folder, name), 'utf8');
      expect(text).not.toMatch(/canal|demo-handler|adviser/);
      for (const { hash } of events) expect(text).not.toContain(hash);
    }
  });
});

describe('what the journal does not purge, whoever asks', () => {
  test.each([
    [
      'a number of another call',
      (events: Parameters<typeof askFor>[1]) =>
        askFor(
          a,
          events.map((one) => ({ ...one, call: a })),
        ),
    ],
    [
      'a number that it does not have yet',
      (events: Parameters<typeof askFor>[1]) => {
        const { streams } = askFor(a, events);
        return { call: a, streams: streams.map((of) => ({ ...of, runs: [{ from: 11, to: 11 }] })) };
      },
    ],
    [
      'an event with another hash',
      (events: Parameters<typeof askFor>[1]) =>
        askFor(
          a,
          events.map((one) => ({ ...one, hash: '0'.repeat(64) })),
        ),
    ],
  ])('%s', async (_what, ask) => {
    const { journal, events } = await kept();
    const answer = await must(journal.purge(order(ask(events), askFor(b, events))));
    expect(answer).toEqual({ purged: [b], kept: [{ call: a, why: expect.any(String) }] });
    expect(await readAll(journal)).toEqual(events.filter(({ call }) => call !== b));
    await journal.close();
  });

  test('anything younger than the policy', async () => {
    const { journal, events } = await kept();
    const young = { ...order(askFor(a, events)), now: WRITTEN_AT + 29 * DAY_MS };
    expect(await must(journal.purge(young))).toMatchObject({ purged: [], kept: [{ call: a }] });
    expect(await readAll(journal)).toEqual(events);
    await journal.close();
  });
});

test('a full disk purges nothing or everything, and the next start finishes what was begun', async () => {
  const { folder, journal, events } = await kept();
  await journal.close();
  const disk = faultyDisk();
  const full = openJournal(folder, disk, SMALL);
  await must(full.open());
  disk.room = 20;
  expect(await full.purge(order(askFor(a, events)))).toMatchObject({
    error: { code: 'journal.writeFailed' },
  });
  expect(await readAll(full)).toEqual(events);
  disk.room = Infinity;
  // The list of what is purged is written; the disk then refuses the files.
  let refuses = false;
  const stubborn = openJournal(
    folder,
    {
      ...nodeDisk,
      replace: (path, bytes) =>
        refuses && path.endsWith('.log')
          ? Promise.reject(Object.assign(new Error('no'), { code: 'EIO' }))
          : nodeDisk.replace(path, bytes),
    },
    SMALL,
    recordLog(),
  );
  await full.close();
  const { stream } = await must(stubborn.open());
  refuses = true;
  expect(await must(stubborn.purge(order(askFor(a, events))))).toMatchObject({ purged: [a] });
  const others = events.filter(({ call }) => call !== a);
  expect(await readAll(stubborn)).toEqual(others);
  expect(await linesOf(folder, stream)).toHaveLength(10);
  await stubborn.close();
  const last = openJournal(folder, nodeDisk, SMALL);
  expect(await must(last.open())).toMatchObject({ head: headOf(events), repairs: [] });
  expect(await linesOf(folder, stream)).toEqual(others.map(({ seq }) => seq));
  expect(await readAll(last)).toEqual(others);
  await last.close();
});
