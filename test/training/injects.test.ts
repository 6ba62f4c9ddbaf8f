import { describe, expect, test } from 'vitest';
import { systemTimers } from '../../main/services/node-system.ts';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { askingOf } from '../../renderer/screens/derive/asking.ts';
import { lightWords } from '../../renderer/screens/wording/light-words.ts';
import { reasonText, trustText } from '../../renderer/screens/wording/reasons.ts';
import { screenOf } from '../../renderer/screens/training/use-screen-report.ts';
import { type TrainerAct } from '../../shared/bridge/training.ts';
import { asCannotTake } from '../../shared/directory/exchange.ts';
import { createFinder } from '../../shared/directory/finder.ts';
import { kindsForRoute } from '../../shared/directory/route-kinds.ts';
import { readHolidays } from '../../shared/directory/snapshot.ts';
import { type CallId } from '../../shared/ids.ts';
import { debriefOf } from '../../shared/training/debrief/debrief.ts';
import { injectKinds } from '../../shared/training/script/happenings.ts';
import { content } from '../support/call-builder.ts';
import { type PracticeDesk, practiceDesk } from './support/practice-desk.ts';
import { practiceWindow } from './support/practice-window.ts';

/** Each inject on the real room, through the real window's desk, to the words that stand on the trainee's screen. */
interface Practice extends PracticeDesk {
  readonly window: RunningDesk;
  readonly call: CallId;
  readonly attempt: string;
  act(what: TrainerAct): Promise<void>;
}
const SLOWER = 10;

/** A practice whose call is answered. The practice network takes a tenth of its usual time. */
async function answered(file: string): Promise<Practice> {
  const timers = {
    after: (ms: number, run: () => void) => systemTimers.after(ms > 1_000 ? ms / SLOWER : ms, run),
  };
  const desk = await practiceDesk(undefined, { timers });
  const begun = await desk.trainer.call('training.begin', {
    file,
    trainee: 'Robin',
    mode: 'assessed',
    seed: 1,
  });
  if (!begun.ok) throw new Error(begun.error.message);
  const window = await practiceWindow(desk);
  const call = window.takeCall({ source: 'handler' });
  await window.training.ask('training.attach', { call, repeatedUpTo: 0 });
  await expect.poll(() => window.training.practice()?.status).toBe('talking');
  return {
    ...desk,
    window,
    call,
    attempt: begun.value.attempt,
    act: async (what) => expect(await desk.trainer.call('training.act', what)).toMatchObject({ ok: true }),
  };
}
const light = (window: RunningDesk): string => {
  const { title, detail } = lightWords(window.light(), window.hub(), window.now());
  return `${title} · ${detail}`;
};
const note = ({ window, call }: Practice, text: string): void =>
  expect(window.record(call, { type: 'note.added', data: { text } })).toMatchObject({ ok: true });

/** What the finder shows of a service, as `use-finder.ts` asks for it. */
async function shown({ window, call }: Practice, route: string, name: string): Promise<string> {
  const kinds = kindsForRoute(route);
  const got = await window.directory.services(kinds);
  const view = window.call(call);
  if ('why' in got || view === undefined) return '';
  const now = window.now();
  const finder = createFinder(got.services, { holidays: readHolidays(got.bankHolidays), staleAfterDays: 90 });
  const given = { kinds, now, areas: {}, travelBy: '', said: new Map<string, number>() };
  const asking = askingOf(view.snapshot.context.picture, view.content, given);
  const flags = window.directory.state()?.flags ?? [];
  const found = finder(asking, flags.map(asCannotTake)).find(({ service }) => service.name === name);
  if (found === undefined) return '';
  return [...found.reasons.map((reason) => reasonText(reason, now)), trustText(found)].join(' · ');
}
async function inDebrief({ trainee, trainer, attempt }: Practice): Promise<string> {
  await trainee.call('training.stop', { why: 'button' });
  await trainee.call('training.reflect', { attempt, wentWell: 'x', wouldChange: 'y' });
  const kept = await trainer.call('training.attempt', { attempt, for: 'debrief' });
  if (!kept.ok) throw new Error(kept.error.message);
  const { timeline } = debriefOf(kept.value.attempt, content);
  return timeline.flatMap(({ kind, text }) => (kind === 'inject' ? [text] : [])).join(' · ');
}

const SHOWN: Readonly<Record<(typeof injectKinds)[number], () => Promise<void>>> = {
  async networkDrops() {
    const practice = await answered('exam-on-monday.yaml');
    await practice.act({ kind: 'fire', id: 'netGoes' });
    note(practice, 'Said while it is down.');
    await expect.poll(() => light(practice.window)).toMatch(/^On this PC · hub away .* waiting$/);
    expect(screenOf(practice.window, practice.window.call(practice.call)).light).toContain('On this PC');
    expect(await inDebrief(practice)).not.toBe('');
  },
  async networkReturns() {
    const practice = await answered('exam-on-monday.yaml');
    await practice.act({ kind: 'fire', id: 'netGoes' });
    note(practice, 'Said while it is down.');
    await expect.poll(() => light(practice.window)).toContain('hub away');
    await practice.act({ kind: 'fire', id: 'netComes' });
    await expect.poll(() => light(practice.window), { timeout: 10_000 }).toMatch(/^Safe at hub · receipt/);
  },
  async hubSlow() {
    const practice = await answered('asking-for-a-number.yaml');
    await expect.poll(() => light(practice.window), { timeout: 5_000 }).toContain('Safe at hub');
    await practice.act({ kind: 'fire', id: 'slow' });
    const began = Date.now();
    note(practice, 'Said while it is slow.');
    await expect.poll(() => light(practice.window)).toBe('On this PC · on the way to the hub · 1 waiting');
    await expect.poll(() => light(practice.window), { timeout: 10_000 }).toContain('Safe at hub');
    // Six seconds, at a tenth of them.
    expect(Date.now() - began).toBeGreaterThan(590);
    expect(await inDebrief(practice)).not.toBe('');
  },
  async hubNormal() {
    const practice = await answered('asking-for-a-number.yaml');
    await practice.act({ kind: 'fire', id: 'slow' });
    await practice.act({ kind: 'fire', id: 'normal' });
    const console = await practice.trainer.call('training.console', {});
    expect(console).toMatchObject({ value: { view: { line: 'there' } } });
    note(practice, 'Said when it is as usual.');
    await expect.poll(() => light(practice.window), { timeout: 5_000 }).toContain('Safe at hub');
  },
  async serviceFull() {
    const practice = await answered('team-is-full.yaml');
    const team = (): Promise<string> => shown(practice, 'crhtVeryUrgent', 'Wexcombe crisis team');
    await expect.poll(team).toContain('hours');
    expect(await team()).not.toContain('Full');
    await practice.act({ kind: 'fire', id: 'teamFull' });
    await expect.poll(team, { timeout: 5_000 }).toContain('Full (said by the exercise), since');
    expect(await inDebrief(practice)).toContain('Wexcombe crisis team');
  },
  async entryStale() {
    const practice = await answered('somewhere-to-sit.yaml');
    const room = (): Promise<string> => shown(practice, 'crisisAlternative', 'The Lamp Room');
    await expect.poll(room).not.toBe('');
    expect(await room()).not.toContain('long ago');
    await practice.act({ kind: 'fire', id: 'oldEntry' });
    await expect.poll(room, { timeout: 5_000 }).toContain('that is long ago. Ring first.');
    expect(await inDebrief(practice)).toContain('The Lamp Room');
  },
  async windowCrash() {
    const practice = await answered('cut-off.yaml');
    const orders: string[] = [];
    practice.window.training.onOrder(({ kind }) => orders.push(kind));
    note(practice, 'Said before it crashed.');
    await expect.poll(() => practice.window.light().kind).toBe('safe');
    await practice.act({ kind: 'fire', id: 'crash' });
    await expect.poll(() => orders).toEqual(['crash']);
    await practice.window.close();
    // The page that comes after it: the same call, its words, and the practice as it stood.
    const after = await practiceWindow(practice);
    await expect.poll(() => after.training.practice()?.call).toBe(practice.call);
    const events = after.call(practice.call)?.events.map(({ data }) => JSON.stringify(data)) ?? [];
    expect(events.join()).toContain('Said before it crashed.');
    expect(after.training.practice()?.heard.length).toBeGreaterThan(0);
  },
};

describe('what an inject does is seen on the trainee’s screen', () => {
  test.each(injectKinds)('%s', { timeout: 20_000 }, (kind) => SHOWN[kind]());
});

test('what a trainer does to the desk by hand stands in the debrief as a script’s does', async () => {
  const practice = await answered('cut-off.yaml');
  await practice.act({ kind: 'line', line: 'away' });
  await practice.act({ kind: 'line', line: 'there' });
  await practice.act({ kind: 'line', line: 'slow' });
  await practice.act({ kind: 'line', line: 'there' });
  await practice.act({ kind: 'crash' });
  expect(await inDebrief(practice)).toBe(
    'The network drops. · The network is back. · Saving slows down. · Saving is normal again. · The window stops and comes back.',
  );
});
