import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asidePlaces } from '../../../main/services/asides.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { purgeAsides } from '../../../main/services/purge-asides.ts';
import { createPurge } from '../../../main/services/purge.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { modelHub } from '../../renderer/support/model-hub.ts';
import { eventAt } from '../support/events.ts';
import { must, openJournal, readAll } from '../support/journals.ts';
import { readPurgeLog } from '../../../main/services/journal/purge-log.ts';
import { recordLog } from '../support/logs.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askFor, DAY_MS, inTurns, newCall, WRITTEN_AT } from './calls.ts';

const [a, b] = [newCall(), newCall()];

/** A journal with two calls, and what the hub was sent of them. */
async function desk(send: (events: readonly Envelope[]) => readonly unknown[], days: number | 'none' = 30) {
  const profile = await tempFolder();
  const journal = openJournal(join(profile, 'journal'));
  const { stream } = await must(journal.open());
  const events = await inTurns(stream, [a, b, a, b]);
  await must(journal.append(events));
  const clock = { now: () => WRITTEN_AT + 31 * DAY_MS };
  const hub = modelHub(clock.now);
  const reach: { now: 'reachable' | 'away' } = { now: 'reachable' };
  const sent = send(events);
  if (sent.length > 0) await hub.push({ stream, from: 1, events: sent });
  const purge = createPurge({
    journal,
    hub: { ...hub, state: () => ({ reach: reach.now, since: 0 }) },
    clock,
    asides: (order, isAllAtHub) =>
      purgeAsides({ places: asidePlaces(profile), disk: nodeDisk, log: recordLog(), isAllAtHub }, order),
    afterDays: () => (days === 'none' ? undefined : days),
  });
  return { profile, stream, reach, journal, hub, purge, events };
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

type Desk = Awaited<ReturnType<typeof desk>>;

/** Copies that repairs left, `days` before the desk's present. */
async function setAside({ profile, stream }: Desk, days: number): Promise<void> {
  await mkdir(join(profile, 'drafts'), { recursive: true });
  const at = new Date(WRITTEN_AT + (31 - days) * DAY_MS);
  const names = [
    `journal/${stream}/00000001.log.damaged`,
    `journal/${stream}/00000001.log.damaged-2`,
    'drafts/drafts.log.damaged',
    'drafts/drafts.locked-a-key.log',
  ];
  for (const name of names) {
    await writeFile(join(profile, name), 'in a box');
    await utimes(join(profile, name), at, at);
  }
}

const asidesIn = async ({ profile, stream }: Desk): Promise<string[]> =>
  [...(await readdir(join(profile, 'journal', stream))), ...(await readdir(join(profile, 'drafts')))].filter(
    (name) => name.includes('damaged') || name.includes('locked'),
  );

test('copies that repairs set aside go by the same policy, each on record, without a call to go', async () => {
  const made = await desk((all) => all);
  await setAside(made, 31);
  expect(await must(made.purge.run([]))).toEqual({ purged: [], kept: [] });
  expect(await asidesIn(made)).toEqual([]);
  expect(await readAll(made.journal)).toEqual(made.events);
  const { asides, unread } = await readPurgeLog(nodeDisk, join(made.profile, 'journal'));
  expect(unread).toBe(0);
  expect(asides.map(({ aside, afterDays }) => [aside, afterDays])).toEqual([
    [`${made.stream}/00000001.log.damaged`, 30],
    [`${made.stream}/00000001.log.damaged-2`, 30],
    ['drafts/drafts.locked-a-key.log', 30],
    ['drafts/drafts.log.damaged', 30],
  ]);
  await made.journal.close();
});

test('they stay while they are younger, without a policy, and while the hub is away', async () => {
  const young = await desk((all) => all);
  await setAside(young, 29);
  const free = await desk((all) => all, 'none');
  await setAside(free, 31);
  const away = await desk((all) => all);
  await setAside(away, 31);
  away.reach.now = 'away';
  for (const one of [young, free, away]) {
    await one.purge.run([]);
    expect(await asidesIn(one)).toHaveLength(4);
    await one.journal.close();
  }
});

test('those of the journal stay while the hub has not got all of their stream: a lost line may be in them', async () => {
  const made = await desk((all) => all.slice(0, 3));
  await setAside(made, 31);
  await must(made.purge.run([]));
  expect(await asidesIn(made)).toEqual(['00000001.log.damaged', '00000001.log.damaged-2']);
  await made.journal.close();
});
