import { expect, test } from 'vitest';
import { createPurge } from '../../../main/services/purge.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { modelHub } from '../../renderer/support/model-hub.ts';
import { eventAt } from '../support/events.ts';
import { must, openJournal, readAll } from '../support/journals.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askFor, DAY_MS, inTurns, newCall, WRITTEN_AT } from './calls.ts';

const [a, b] = [newCall(), newCall()];

/** A journal with two calls, and what the hub was sent of them. */
async function desk(send: (events: readonly Envelope[]) => readonly unknown[], days: number | 'none' = 30) {
  const journal = openJournal(await tempFolder());
  const { stream } = await must(journal.open());
  const events = await inTurns(stream, [a, b, a, b]);
  await must(journal.append(events));
  const clock = { now: () => WRITTEN_AT + 31 * DAY_MS };
  const hub = modelHub(clock.now);
  const sent = send(events);
  if (sent.length > 0) await hub.push({ stream, from: 1, events: sent });
  const purge = createPurge({
    journal,
    hub: { ...hub, state: () => ({ reach: 'reachable', since: 0 }) },
    clock,
    afterDays: () => (days === 'none' ? undefined : days),
  });
  return { journal, hub, purge, events };
}

test('what the hub has, with the same hashes, is purged', async () => {
  const { purge, journal, events } = await desk((all) => all);
  expect(await must(purge.run([askFor(a, events)]))).toEqual({ purged: [a], kept: [] });
  expect((await readAll(journal)).map(({ call }) => call)).toEqual([b, b]);
  await journal.close();
});

test.each<[string, Parameters<typeof desk>, RegExp]>([
  ['the hub has nothing', [() => []], /not got all/],
  ['the hub lacks the last of it', [(all) => all.slice(0, 2)], /not got all/],
  [
    'the hub has another event under the last number',
    [(all) => [...all.slice(0, 3), { ...eventAt(all, 3), hash: 'f'.repeat(64) }]],
    /cannot be compared/,
  ],
  [
    'one of its entries was changed on the way to the hub',
    [(all) => all.map((one) => (one.seq === 3 ? { ...one, data: { text: 'something else' } } : one))],
    /doubts/,
  ],
  [
    'the hub could not read one of its numbers',
    [(all) => all.map((one) => (one.seq === 1 ? { stream: one.stream, seq: 1, junk: true } : one))],
    /could not read/,
  ],
  ['no policy is in force', [(all) => all, 'none'], /no policy/],
])('nothing goes when %s', async (_when, [send, days], why) => {
  const { purge, journal, events } = await desk(send, days);
  const answer = await must(purge.run([askFor(a, events)]));
  expect(answer).toEqual({ purged: [], kept: [{ call: a, why: expect.stringMatching(why) }] });
  expect(await readAll(journal)).toEqual(events);
  await journal.close();
});

test('nothing goes while the hub is away, and the reason is the hub’s', async () => {
  const { purge, hub, journal, events } = await desk((all) => all);
  hub.fault = { code: 'hub.away', field: '(whole)', message: 'the hub does not answer' };
  expect(await purge.run([askFor(a, events)])).toMatchObject({ error: { code: 'hub.away' } });
  expect(await readAll(journal)).toEqual(events);
  await journal.close();
});
