import { describe, expect, it } from 'vitest';
import { createDraftKeeper } from '../../renderer/call/drafts.ts';
import { ok } from '../../shared/result.ts';
import { virtualTime } from '../renderer/support/virtual-time.ts';
import { createWorld } from '../renderer/support/world.ts';

// Keeping a note gave its draft up at once, before the note itself was in any copy: a kill in between took words that
// had been on the disk for a long time. Found by npm run kills (Chromium, at Enter): 1.4 s of typing gone.

const WORDS = 'She has the tablets in the bedroom drawer.';

describe('words that were kept as a draft', () => {
  it('are given up only after the note has gone to the journal', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const call = desk.takeCall({ source: 'handler' });
    desk.keepDraft('note', WORDS);
    await world.advance(1_000);
    world.calls.length = 0;
    desk.record(call, { type: 'note.added', data: { text: WORDS } });
    desk.keepDraft('note', '');
    await world.settle();
    const order = world.calls.filter((name) => name === 'journal.append' || name === 'drafts.discard');
    expect(order).toEqual(['journal.append', 'drafts.discard']);
  });

  it.each([0, 1, 2, 3, 4, 6, 8, 12, 20])(
    'are in the draft or in the log when the window dies %i turns after Enter',
    async (turns) => {
      const world = await createWorld();
      const { desk } = await world.start();
      const call = desk.takeCall({ source: 'handler' });
      desk.keepDraft('note', WORDS);
      await world.advance(1_000);
      desk.record(call, { type: 'note.added', data: { text: WORDS } });
      desk.keepDraft('note', '');
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await world.crash();
      const again = await world.start();
      const notes = again.desk.call(call)?.events.filter((event) => event.type === 'note.added') ?? [];
      const found = [...notes.map((note) => note.data.text), again.desk.draft('note')?.text];
      expect(found).toContain(WORDS);
    },
  );

  it('are gone from the drafts once the note is kept, and do not come back', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const call = desk.takeCall({ source: 'handler' });
    desk.keepDraft('note', WORDS);
    await world.advance(1_000);
    desk.record(call, { type: 'note.added', data: { text: WORDS } });
    desk.keepDraft('note', '');
    await world.settle();
    await world.powerOff();
    const again = await world.start();
    expect(again.desk.draft('note')).toBeUndefined();
  });

  // Found by npm run kills (host, with Chromium): 1.3 s of typing gone on a loaded PC. While the note before was on its
  // way to a slow disk, what was typed next waited for it.
  it('do not hold up the draft of what is typed next while the note is on its way to a slow disk', async () => {
    const time = virtualTime(0);
    const disk = new Map<string, string>();
    let kept: (all: boolean) => void = () => undefined;
    const keeper = createDraftKeeper({
      kept: [],
      save: ({ key, text }) => (disk.set(key, text), Promise.resolve(ok({}))),
      discard: (key) => (disk.delete(key), Promise.resolve(ok({}))),
      wordsKept: () => new Promise((resolve) => (kept = resolve)),
      clock: time.clock,
      timers: time.timers,
      random: () => 0.5,
      changed: () => undefined,
    });
    const pass = async (ms: number): Promise<void> => {
      const end = time.clock.now() + ms;
      for (let next = time.nextAt(); next !== undefined && next <= end; next = time.nextAt()) {
        time.moveTo(next);
        await new Promise((resolve) => setImmediate(resolve));
      }
      time.moveTo(end);
      await new Promise((resolve) => setImmediate(resolve));
    };
    // Enter comes before the last words have gone to the disk: they too are nowhere else.
    keeper.keep('note', 'She has');
    await pass(10);
    keeper.keep('note', WORDS);
    keeper.keep('note', '');
    expect(keeper.get('note')).toBeUndefined();
    await pass(300);
    expect(disk.get('note')).toBe(WORDS);
    keeper.keep('note', 'Her sister');
    await pass(300);
    expect(disk.get('note')).toBe(`${WORDS}\nHer sister`);
    kept(true);
    await pass(300);
    expect(disk.get('note')).toBe('Her sister');
    keeper.keep('note', '');
    kept(true);
    await pass(300);
    expect(disk.size).toBe(0);
    expect(keeper.unsaved()).toBe(false);
  });
});
