import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraftKeeper, DRAFT_MS } from '../../renderer/call/drafts.ts';
import { type Draft } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { virtualTime } from './support/virtual-time.ts';
import { createWorld } from './support/world.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000_000);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A keeper whose main process answers when the test says so. */
function keeperOn(answer: () => Promise<Result<unknown, Fault>>) {
  const time = virtualTime(0);
  const sent: { text: string | undefined; at: number }[] = [];
  const send = (text: string | undefined) => {
    sent.push({ text, at: time.clock.now() });
    return answer();
  };
  const keeper = createDraftKeeper({
    kept: [],
    save: (draft: Draft) => send(draft.text),
    discard: () => send(undefined),
    wordsKept: () => Promise.resolve(true),
    clock: time.clock,
    timers: time.timers,
    random: () => 0.5,
    changed: () => undefined,
  });
  const moveTo = async (at: number): Promise<void> => {
    for (let next = time.nextAt(); next !== undefined && next <= at; next = time.nextAt()) {
      time.moveTo(next);
      await turn();
    }
    time.moveTo(at);
    await turn();
  };
  return { keeper, sent, moveTo };
}

describe('drafts', () => {
  it('leaves a key press time to reach the disk within 500 ms, and does not save more often than that needs', async () => {
    console.info(`drafts: LANTERN_SEED=${SEED}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 30 }),
        async (gaps) => {
          const { keeper, sent, moveTo } = keeperOn(() => Promise.resolve(ok({})));
          const pressed: { text: string; at: number }[] = [];
          let at = 0;
          for (const [index, gap] of gaps.entries()) {
            at += gap;
            await moveTo(at);
            const text = 'x'.repeat(index + 1);
            pressed.push({ text, at });
            keeper.keep('note', text);
            expect(keeper.get('note')?.text).toBe(text);
          }
          await moveTo(at + DRAFT_MS);
          for (const press of pressed) {
            const save = sent.find(({ text }) => (text?.length ?? 0) >= press.text.length);
            expect(save?.at).toBeLessThanOrEqual(press.at + DRAFT_MS);
          }
          sent.slice(1).forEach((save, index) => {
            expect(save.at - (sent[index]?.at ?? 0)).toBeGreaterThanOrEqual(DRAFT_MS);
          });
          expect(keeper.unsaved()).toBe(false);
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('stays unsaved until the disk has it, and tries again', async () => {
    let good = false;
    const { keeper, sent, moveTo } = keeperOn(() =>
      Promise.resolve(good ? ok({}) : err({ code: 'drafts.writeFailed', field: '(whole)', message: 'full' })),
    );
    keeper.keep('note', 'a');
    await moveTo(5_000);
    expect(keeper.unsaved()).toBe(true);
    expect(sent.length).toBeGreaterThan(5);
    good = true;
    await moveTo(6_000);
    expect(keeper.unsaved()).toBe(false);
    expect(sent.at(-1)?.text).toBe('a');
  });

  it('does not ask again for a text that is too long for a draft, until it changes', async () => {
    let refuse = true;
    const { keeper, sent, moveTo } = keeperOn(() =>
      Promise.resolve(refuse ? err({ code: 'bridge.badInput', field: 'text', message: 'too long' }) : ok({})),
    );
    keeper.keep('note', 'far too long');
    await moveTo(10_000);
    expect(sent.length).toBe(1);
    expect(keeper.unsaved()).toBe(true);
    refuse = false;
    keeper.keep('note', 'short');
    await moveTo(11_000);
    expect(keeper.unsaved()).toBe(false);
  });

  it('never lets a discard overtake a save that is still under way', async () => {
    let answer: () => void = () => undefined;
    const { keeper, sent, moveTo } = keeperOn(
      () => new Promise((resolve) => (answer = () => resolve(ok({})))),
    );
    keeper.keep('note', 'abc');
    keeper.keep('note', '');
    await moveTo(2_000);
    expect(sent.map(({ text }) => text)).toEqual(['abc']);
    answer();
    await moveTo(2_001);
    expect(sent.map(({ text }) => text)).toEqual(['abc', undefined]);
    expect(keeper.get('note')).toBeUndefined();
  });

  it('sends everything at once when the window is about to go', async () => {
    const { keeper, sent } = keeperOn(() => Promise.resolve(ok({})));
    keeper.keep('a', '1');
    keeper.keep('a', '12');
    const flushed = keeper.flush();
    await flushed;
    await keeper.flush();
    expect(sent.at(-1)?.text).toBe('12');
  });

  it('come back into their fields after a crash, and the light says typing until they are on the disk', async () => {
    const world = await createWorld();
    const first = await world.start();
    await world.settle();
    first.desk.keepDraft('call/note', 'she said that');
    expect(first.desk.light()).toEqual({ kind: 'typing' });
    await world.settle();
    expect(first.desk.light().kind).not.toBe('typing');
    first.desk.keepDraft('call/note', 'she said that he');
    await world.advance(DRAFT_MS);
    await world.crash();
    const { desk } = await world.start();
    expect(desk.draft('call/note')?.text).toBe('she said that he');
    desk.keepDraft('call/note', '');
    expect(desk.draft('call/note')).toBeUndefined();
    await world.settle();
    await world.powerOff();
    const third = await world.start();
    expect(third.desk.draft('call/note')).toBeUndefined();
  });
});
