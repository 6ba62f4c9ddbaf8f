import { describe, expect, it } from 'vitest';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { type CallId } from '../../shared/ids.ts';
import { createWorld } from './support/world.ts';

const note = (text: string) => ({ type: 'note.added', data: { text } }) as const;
const texts = (desk: RunningDesk, id: CallId): string[] =>
  (desk.call(id)?.events ?? []).flatMap((event) => (event.type === 'note.added' ? [event.data.text] : []));

describe('recording', () => {
  it('shows an event at once and says where it is only when it is there', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    await world.setHub('away');
    expect(desk.light()).toEqual({ kind: 'empty' });
    const id = desk.takeCall({ source: 'handler' });
    expect(desk.call(id)?.events.map(({ type }) => type)).toEqual(['call.offered', 'call.answered']);
    expect(desk.light()).toEqual({ kind: 'keeping', waiting: 2 });
    const recorded = desk.record(id, note('hello'));
    expect(texts(desk, id)).toEqual(['hello']);
    await world.settle();
    expect(desk.light()).toEqual({ kind: 'onThisPc', waiting: 3 });
    expect(recorded.ok && desk.where(recorded.event)).toBe('onThisPc');
    await world.setHub('reachable');
    await world.until(() => desk.light().kind === 'safe');
    expect(recorded.ok && desk.where(recorded.event)).toBe('safe');
    expect(desk.unsent()).toBe(0);
  });

  it('gives the same array until something changed, and tells listeners when it did', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const id = desk.takeCall({ source: 'handler' });
    await world.settle();
    const before = desk.calls();
    expect(desk.calls()).toBe(before);
    let told = 0;
    const stop = desk.subscribe(() => (told += 1));
    desk.record(id, note('one'));
    expect(told).toBe(1);
    expect(desk.calls()).not.toBe(before);
    stop();
    desk.record(id, note('two'));
    expect(told).toBe(1);
  });

  it('refuses what the machine refuses, in the words of the stops, and writes nothing', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const id = desk.takeCall({ source: 'handler' });
    await world.settle();
    const { made } = desk.facts();
    const refused = desk.record(id, { type: 'call.closed', data: { outcome: '01' } });
    expect(refused.ok).toBe(false);
    expect(!refused.ok && refused.why.length).toBeGreaterThan(1);
    expect(desk.facts().made).toBe(made);
  });

  it('answers junk with sentences that name the field', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const id = desk.takeCall({ source: 'handler' });
    const junk = desk.record(id, { type: 'note.added', data: { text: '   ' } });
    expect(!junk.ok && junk.why.join(' ')).toContain('data.text');
    const unknown = desk.record(id, { type: 'note.invented', data: {} } as never);
    expect(!unknown.ok && unknown.why.join(' ')).toContain('type');
    const nowhere = desk.record('nowhere' as CallId, note('x'));
    expect(nowhere).toEqual({ ok: false, why: ['This call is not on this desk.'] });
  });

  it('keeps half a character as a whole one, so that it can be hashed and kept', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const id = desk.takeCall({ source: 'handler' });
    expect(desk.record(id, note('broken \ud83d here')).ok).toBe(true);
    await world.until(() => desk.light().kind === 'safe');
    expect(texts(desk, id)).toEqual(['broken \ufffd here']);
  });

  it('never writes a time earlier than the one before it in the call, though the clock goes back', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const id = desk.takeCall({ source: 'handler' });
    await world.advance(5_000);
    const late = desk.record(id, note('late'));
    const earlier = world.time.clock.now() - 60_000;
    Object.assign(world.time.clock, { now: () => earlier });
    const early = desk.record(id, note('early'));
    expect(early.ok && late.ok && early.event.at === late.event.at).toBe(true);
  });

  it('takes a call from outside, also one with details that cannot be used', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    world.offer('0000 000');
    await world.settle();
    expect(desk.calls()[0]?.events[0]?.data).toMatchObject({ source: 'telephony', number: '0000 000' });
    const id = desk.takeCall({ source: 'handler', number: 'x'.repeat(50) });
    expect(desk.call(id)?.events.map(({ type }) => type)).toEqual(['call.offered', 'call.answered']);
    expect(desk.notices().join(' ')).toMatch(/details that could not be used: At most 40 characters/);
  });
});

describe('starting again', () => {
  it('opens the calls in hand where they were, and says since when nothing was kept', async () => {
    const world = await createWorld();
    const first = await world.start();
    const id = first.desk.takeCall({ source: 'handler' });
    first.desk.record(id, note('before'));
    first.desk.record(id, { type: 'stage.entered', data: { stage: 'needs' } });
    await world.settle();
    const lastAt = first.desk.call(id)?.events.at(-1)?.at;
    await world.powerOff();
    await world.advance(60_000);
    const { desk } = await world.start();
    expect(desk.call(id)?.resumed).toBe(true);
    expect(texts(desk, id)).toEqual(['before']);
    expect(desk.call(id)?.snapshot.value.conversation).toEqual({ active: 'needs' });
    expect(desk.call(id)?.events.at(-1)).toMatchObject({
      type: 'call.resumed',
      data: { lastEventAt: lastAt },
    });
    desk.record(id, note('after'));
    expect(desk.call(id)?.resumed).toBe(false);
  });

  it('lists a call whose content this build lacks, for reading only', async () => {
    const world = await createWorld();
    const first = await world.start();
    const id = first.desk.takeCall({ source: 'handler' });
    await world.settle();
    await world.powerOff();
    const { desk } = await world.start({
      content: { current: first.desk.content, byVersion: () => undefined },
    });
    expect(desk.call(id)?.readOnly).toContain('demonstration');
    expect(desk.record(id, note('more')).ok).toBe(false);
    expect(desk.notices().join(' ')).toContain('does not carry');
  });

  it('closes in peace: what was asked for is kept, and the next window may have the desk', async () => {
    const world = await createWorld();
    const first = await world.start();
    const id = first.desk.takeCall({ source: 'handler' });
    first.desk.record(id, note('last words'));
    first.desk.keepDraft('note', 'half a sen');
    await first.desk.close();
    const { desk } = await world.start();
    expect(desk.state()).toBe('ready');
    expect(texts(desk, id)).toEqual(['last words']);
    expect(desk.draft('note')?.text).toBe('half a sen');
  });
});

describe('a second window', () => {
  it('holds no calls and writes nothing, says so, and says when the first has gone', async () => {
    const world = await createWorld();
    const first = await world.start();
    const id = first.desk.takeCall({ source: 'handler' });
    await world.settle();
    const second = await world.start();
    expect(second.desk.state()).toBe('otherWindow');
    expect(second.desk.calls()).toEqual([]);
    expect(second.desk.notices().join(' ')).toContain('Another window has this desk');
    expect(second.desk.record(id, note('x'))).toMatchObject({ ok: false });
    expect(() => second.desk.takeCall({ source: 'handler' })).toThrow('Another window');
    expect(second.databases.writes).toEqual([]);
    await first.desk.close();
    await world.settle();
    expect(second.desk.notices().join(' ')).toContain('Reload this window');
  });
});

describe('the line to the main process', () => {
  it('goes on in the database alone when it is cut, says so, and makes up for it afterwards', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const id = desk.takeCall({ source: 'handler' });
    await world.until(() => desk.light().kind === 'safe');
    world.unplug();
    desk.record(id, note('cut off'));
    await world.settle();
    expect(desk.light()).toMatchObject({ kind: 'oneCopy', missing: 'journal' });
    expect(desk.hub().reach).toBe('away');
    expect(desk.notices().join(' ')).toContain('does not answer');
    world.plugIn();
    await world.until(() => desk.light().kind === 'safe');
    expect(desk.notices().join(' ')).not.toContain('does not answer');
    expect(desk.hub().reach).toBe('reachable');
  });

  it('keeps a changed setting, at once and at the main process', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    desk.changeSettings({ ...desk.settings(), theme: 'dark' });
    expect(desk.settings().theme).toBe('dark');
    await world.settle();
    expect(world.calls).toContain('settings.set');
    world.unplug();
    desk.changeSettings({ ...desk.settings(), theme: 'light' });
    await world.settle();
    expect(desk.settings().theme).toBe('dark');
    expect(desk.notices().join(' ')).toContain('settings could not be kept');
  });
});
