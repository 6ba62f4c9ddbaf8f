import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { type Happening } from '../../shared/events/event.ts';
import { type CallId } from '../../shared/ids.ts';
import { closingSteps } from '../support/closing-steps.ts';
import { must } from '../main/support/journals.ts';
import { inDatabase, inJournal, rawDatabase } from './support/truth.ts';
import { createWorld, type World } from './support/world.ts';

const MINUTE = 60_000;
/** The policy of these tests: twenty minutes. */
const DAYS = 20 / (24 * 60);
const LONG = 45 * MINUTE;
const note = (text: string): Happening => ({ type: 'note.added', data: { text } });
const over = closingSteps();

function take(desk: RunningDesk, ...happenings: readonly Happening[]): CallId {
  const call = desk.takeCall({ source: 'handler' });
  for (const one of happenings) {
    const recorded = desk.record(call, one);
    if (!recorded.ok) throw new Error(recorded.why.join(' '));
  }
  return call;
}

/** Two closed calls around one that is open, all at the hub. */
async function threeCalls(given?: World) {
  const world = given ?? (await createWorld(DAYS));
  const { desk } = await world.start();
  const first = take(desk, note('the first words'), ...over);
  const open = take(desk, note('still open'));
  const second = take(desk, note('the second words'), ...over);
  await world.until(() => desk.light().kind === 'safe');
  const { stream } = await must(world.journal().open());
  return { world, desk, first, open, second, stream };
}

const runs = async (world: World) => (await must(world.journal().purged())).streams;
const inWindow = async (world: World) => new Set((await inDatabase(world)).map(({ call }) => call));
const inFiles = async (world: World) => new Set((await inJournal(world)).events.map(({ call }) => call));
const ids = (desk: RunningDesk) => desk.calls().map(({ id }) => id);
/** Every note that the hub has, in any stream of the test's. */
const hubTexts = (world: World): string[] =>
  world.hub
    .everything()
    .flatMap((event) => /"text":"([^"]*)"/.exec(JSON.stringify(event))?.[1] ?? [])
    .toSorted();

/** The desk can be written on, and everything reaches the hub once. */
async function goesOn(world: World, desk: RunningDesk, call: CallId, text: string): Promise<void> {
  expect(desk.record(call, note(text))).toMatchObject({ ok: true });
  await world.until(() => desk.light().kind === 'safe' && desk.unsent() === 0);
  const texts = hubTexts(world);
  expect(texts.filter((one) => one === text)).toEqual([text]);
  for (const words of ['the first words', 'the second words', 'still open'])
    expect(
      texts.filter((one) => one === words),
      words,
    ).toEqual([words]);
}

describe('a closed call that the hub has, after the time of the policy', () => {
  it('goes from both copies, from the list and from the half-typed text; the others stay', async () => {
    const { world, desk, first, open, second, stream } = await threeCalls();
    desk.keepDraft(`${first}:note`, 'half a late wo');
    desk.keepDraft(`${open}:note`, 'half a wo');
    await world.until(() => !desk.facts().typing);
    await world.advance(LONG);
    expect(ids(desk)).toEqual([open]);
    expect(await inWindow(world)).toEqual(new Set([open]));
    expect(await inFiles(world)).toEqual(new Set([open]));
    expect(desk.notices().join(' ')).toContain('2 calls that ended more than');
    expect((await must(world.drafts().list('demo-handler'))).drafts.map(({ key }) => key)).toEqual([
      `${open}:note`,
    ]);
    expect(desk.draft(`${first}:note`)).toBeUndefined();
    const database = rawDatabase(world);
    await database.open();
    expect(await database.calls.toCollection().primaryKeys()).toEqual([open]);
    database.close();
    const hub = world.hub.events(stream);
    expect(new Set(hub.map(({ call }) => call))).toEqual(new Set([first, open, second]));

    await world.powerOff();
    const { desk: again } = await world.start();
    expect(ids(again)).toEqual([open]);
    expect(again.notices().join(' ')).not.toContain('missing');
    await goesOn(world, again, open, 'on with it');
    expect(world.hub.events(stream).map(({ seq }) => seq)).toEqual(
      Array.from({ length: world.hub.events(stream).length }, (_, index) => index + 1),
    );
    expect(world.hub.flags(stream)).toEqual([]);
  });

  it('goes too when another person of this PC wrote it, and is never shown to this one', async () => {
    const { world, desk, open } = await threeCalls();
    const leaving = desk.signOut();
    await world.settle();
    await leaving;
    await world.crash();
    world.signIn('demo-clinician');
    const { desk: next } = await world.start();
    await world.advance(LONG);
    expect(ids(next)).toEqual([]);
    expect(await inWindow(world)).toEqual(new Set([open]));
    expect(await inFiles(world)).toEqual(new Set([open]));
  });
});

describe('what stays, however old', () => {
  it('everything, where no policy says how long', async () => {
    const { world, first, open, second } = await threeCalls(await createWorld());
    await world.advance(2 * LONG);
    expect(await runs(world)).toEqual([]);
    expect(await inWindow(world)).toEqual(new Set([first, open, second]));
    expect(
      await world.journal().purge({ calls: [], now: 0, afterMs: 1 }),
      'nothing is asked for',
    ).toMatchObject({ ok: true, value: { purged: [] } });
  });

  it('a call with something that the hub has not got', async () => {
    const { world, desk, first, open } = await threeCalls();
    await world.setHub('away');
    const unsent = take(desk, note('while the hub was away'), ...over);
    desk.record(first, note('a late note'));
    await world.advance(LONG);
    // The hub answers again, and takes nothing from this desk.
    world.hub.fault = undefined;
    expect(await inWindow(world)).toEqual(await inFiles(world));
    expect(ids(desk)).toEqual(expect.arrayContaining([first, open, unsent]));
  });

  it('a call that owes somebody something', async () => {
    const { world, desk, first } = await threeCalls();
    const task = {
      type: 'task.opened',
      data: { kind: 'followUp', owner: 'Sam', dueAt: world.time.clock.now(), what: 'Ring her sister' },
    };
    const opened = desk.record(first, task as never);
    if (!opened.ok) throw new Error(opened.why.join(' '));
    await world.until(() => desk.light().kind === 'safe');
    await world.advance(LONG);
    expect(ids(desk)).toContain(first);
    expect(await inFiles(world)).toContain(first);
  });

  it('a call in which somebody wrote a little while ago', async () => {
    const { world, desk, first } = await threeCalls();
    await world.advance(15 * MINUTE);
    desk.record(first, note('a late note'));
    await world.advance(15 * MINUTE);
    expect(ids(desk)).toContain(first);
    await world.advance(LONG);
    expect(ids(desk)).not.toContain(first);
  });

  it('a call of which the hub has another copy than the one here', async () => {
    const { world, stream, first } = await threeCalls();
    world.hub.putBack(stream, 3);
    world.hub.fault = { code: 'hub.busy', field: '(whole)', message: 'busy' };
    await world.advance(LONG);
    expect(await inFiles(world)).toContain(first);
  });
});

describe('the two copies after a purge', () => {
  it('the window dies between the journal and its own database: the next start finishes it', async () => {
    const { world, open } = await threeCalls();
    const before = await inJournal(world);
    await world.crash();
    const gone = before.events.filter(({ call }) => call !== open);
    const byCall = Map.groupBy(gone, ({ call }) => call);
    const { runsOf } = await import('../../shared/sync/purge.ts');
    await must(
      world.journal().purge({
        calls: [...byCall].map(([call, of]) => ({ call, streams: runsOf(of) })),
        now: world.time.clock.now() + LONG,
        afterMs: MINUTE,
      }),
    );
    const { desk } = await world.start();
    expect(ids(desk)).toEqual([open]);
    expect(await inWindow(world)).toEqual(new Set([open]));
    await goesOn(world, desk, open, 'on with it');
  });

  it('the database is lost: it is made anew from the journal, and nothing is called missing', async () => {
    const { world, open, stream } = await threeCalls();
    await world.advance(LONG);
    await world.powerOff();
    world.wipeDatabase();
    const { desk } = await world.start();
    expect(ids(desk)).toEqual([open]);
    expect(desk.notices().join(' ')).not.toContain('missing');
    await goesOn(world, desk, open, 'on with it');
    expect(world.hub.flags(stream)).toEqual([]);
    expect(await inWindow(world)).toEqual(new Set([open]));
  });

  it.each([true, false])('the journal is lost (its stream known: %s): nothing comes twice', async (known) => {
    const { world, open } = await threeCalls();
    await world.advance(LONG);
    await world.powerOff();
    await world.wipeJournal(known);
    const { desk } = await world.start();
    await goesOn(world, desk, open, 'on with it');
    expect(ids(desk)).toEqual([open]);
    expect(desk.notices().join(' ')).not.toContain('hub is told that it lacks');
  });

  it('the journal is put back to a copy from before the purge: nothing comes back, nothing comes twice', async () => {
    const { world, open, stream } = await threeCalls();
    const folder = join(world.folder, 'journal-1');
    const copy = join(world.folder, 'an-older-copy');
    await cp(folder, copy, { recursive: true });
    await world.advance(LONG);
    await world.powerOff();
    await rm(folder, { recursive: true });
    await cp(copy, folder, { recursive: true });
    const { desk } = await world.start();
    await goesOn(world, desk, open, 'on with it');
    expect(ids(desk)).toEqual([open]);
    expect(await inWindow(world)).toEqual(new Set([open]));
    expect(world.hub.flags(stream)).toEqual([]);
  });

  it('the hub is put back to a copy older than the purge: it is told what it lacks, and the rest goes on', async () => {
    const { world, open, stream } = await threeCalls();
    await world.advance(LONG);
    await world.powerOff();
    world.hub.putBack(stream, 2);
    const { desk } = await world.start();
    desk.record(open, note('on with it'));
    await world.until(() => desk.light().kind === 'safe' && desk.unsent() === 0);
    expect(desk.notices().join(' ')).toContain('older than what was purged');
    expect(hubTexts(world)).toContain('on with it');
  });
});
