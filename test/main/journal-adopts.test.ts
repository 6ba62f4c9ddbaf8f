import { describe, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../shared/events/chain.ts';
import { headOf, makeEvents, newStreamId } from './support/events.ts';
import { filled, must, openJournal, readAll } from './support/journals.ts';
import { tempFolder } from './support/temp-folder.ts';

describe('a journal asked to open with the stream that the window has', () => {
  test('takes it over when it holds nothing, says so, and can be rebuilt from number 1', async () => {
    const folder = await tempFolder();
    const known = newStreamId();
    const journal = openJournal(folder);
    const opened = await must(journal.open(known));
    expect(opened).toMatchObject({ stream: known, head: EMPTY_HEAD });
    expect(opened.repairs.join()).toContain('rebuilt from the window’s database');
    const events = await makeEvents(known, 3);
    expect(await must(journal.append(events))).toEqual({ head: headOf(events) });
    await journal.close();

    const again = openJournal(folder);
    expect(await must(again.open())).toMatchObject({ stream: known, head: headOf(events) });
    expect(await readAll(again)).toEqual(events);
    await again.close();
  });

  test('ignores it when it has events of its own', async () => {
    const { folder, events } = await filled(2);
    const journal = openJournal(folder);
    const opened = await must(journal.open(newStreamId()));
    expect(opened).toMatchObject({ stream: events[0]?.stream, head: headOf(events), repairs: [] });
    await journal.close();
  });

  test('ignores it when it set a stream aside before: that one is not to be written again', async () => {
    const journal = openJournal(await tempFolder());
    const first = await must(journal.open());
    const second = await must(journal.newStream('for this test'));
    expect(await must(journal.open(first.stream))).toMatchObject({ stream: second.stream });
    await journal.close();
  });
});
