import { expect } from '@playwright/test';
import { join } from 'node:path';
import { type Happening } from '../../../shared/events/event.ts';
import { type CallScript, readScript } from '../../simulate/script.ts';
import { type OpenDesk } from './desk.ts';
import { Handler } from './handler.ts';

/** Told of every screen and state on the way, when nothing moves any more. */
export type Visit = (name: string) => Promise<void>;

/**
 * Goes through every screen and state of the window by keyboard: an empty desk, three written calls (one with an outage, one
 * lost and handed to emergency services, one silent), and all that opens beside them. Whoever calls looks or takes pictures.
 */
export async function tour(desk: OpenDesk, visit: Visit): Promise<void> {
  const page = desk.page();
  const handler = new Handler(page);
  const { keys } = handler;
  const opened = async (key: string, name: string): Promise<void> => {
    await keys.press(key);
    await visit(name);
    await keys.press('Escape');
  };
  await expect(page.getByRole('button', { name: /Take a call/ })).toBeVisible();
  await expect(page.getByText('Asking the hub')).toHaveCount(0);
  await visit('start-empty');
  await opened('Control+k', 'start-palette');
  await opened('?', 'keys');
  await keys.press('F10');
  await expect(page.getByText('Being looked at')).toHaveCount(0);
  await visit('outage');
  await keys.press('Escape');
  for (const [words, name] of [
    ['Settings', 'settings'],
    ['enrolment code', 'enrol'],
    ['doubts', 'doubts'],
  ] as const) {
    await fromPalette(handler, words);
    await expect(page.getByText('Asking the hub')).toHaveCount(0);
    await visit(name);
    await keys.press('Escape');
  }
  await keys.press('F10');
  await handler.keys.push(page.getByRole('button', { name: 'Print the downtime pack' }));
  await expect(page.getByText('being read from this PC')).toHaveCount(0);
  await visit('downtime-pack');
  await keys.press('Escape');
  await desk.lantern.killHub();
  await keys.press('Escape');
  await expect(page.getByRole('region', { name: 'Outage', exact: true })).toBeVisible();
  await visit('start-outage');
  await desk.lantern.startHub();
  await keys.press('F10');
  await enterPaper(handler);
  await visit('paper-call');
  await handler.answer({ question: 'S2', state: 'notKnown', saidBy: 'caller' });
  await visit('paper-answer');
  await handler.backToStart();

  await handler.takeCall();
  await visit('opening');
  await keys.press('Enter');
  await visit('opening-nothing-chosen');
  for (const [key, name] of [
    ['F3', 'talk'],
    ['F6', 'consult-ask'],
    ['F7', 'safeguarding'],
    ['F8', 'dropped-ask'],
    ['Control+k', 'palette'],
  ] as const)
    await opened(key, name);
  await keys.press('Alt+2');
  await keys.press('y');
  await keys.press('Alt+1');
  await expect(page.getByRole('region', { name: 'Begun, not kept' })).toBeVisible();
  await visit('begun-not-kept');
  await handler.note('She stands by the weir.');
  await keys.press('Control+f');
  await keys.page.keyboard.type('weir');
  await visit('find');
  await keys.page.keyboard.type(' dog');
  await visit('find-nothing');
  await keys.press('Escape');
  await handler.backToStart();

  await call(desk, handler, 'priya', visit);
  await opened('Control+p', 'print');
  await opened('Alt+l', 'look-back');
  await handler.backToStart();
  await call(desk, handler, 'kim', visit);
  await handler.backToStart();
  await call(desk, handler, 'silent', visit);
  await handler.backToStart();
  await visit('start-with-calls');
  await keys.press('Alt+9');
  await visit('start-paused');
  await keys.press('Alt+9');
}

/** Opens what has no key of its own. */
async function fromPalette({ page, keys }: Handler, words: string): Promise<void> {
  await keys.press('Control+k');
  await page.keyboard.type(words);
  await keys.press('Enter');
}

/** Begins a call from paper on the outage page: last night's form. */
async function enterPaper({ page, keys }: Handler): Promise<void> {
  const form = page.getByRole('form', { name: 'Enter a call from paper' });
  const values = [
    ['Taken by, by name', 'Bea Lund'],
    ['Their role', 'adviser'],
    ['Shift began', shiftDay()],
    ['Shift ended', '20:00'],
    ['Call began', '10:10'],
  ] as const;
  for (const [label, text] of values) await keys.write(form.getByRole('textbox', { name: label }), text);
  await keys.press('Enter');
  await expect(page.getByRole('region', { name: 'From paper' })).toBeVisible();
}

function shiftDay(): string {
  const day = new Date(Date.now() - 2 * 86_400_000);
  return `${day.getUTCDate()}/${day.getUTCMonth() + 1} 08:00`;
}

/** A written call to its end, with a visit after the first event of each kind. */
async function call(desk: OpenDesk, handler: Handler, name: string, visit: Visit): Promise<void> {
  const seen = new Set<string>();
  await handler.takeCall();
  for (const step of scriptOf(name).steps) {
    if ('hub' in step) {
      await (step.hub === 'kill' ? desk.lantern.killHub() : desk.lantern.startHub());
      await expect.poll(() => handler.light()).toContain(step.hub === 'kill' ? 'hub away' : 'Safe at hub');
      await visit(`${name}-hub-${step.hub}`);
      continue;
    }
    await handler.perform(step);
    const kind = 'record' in step ? stateOf(step) : 'acknowledged';
    if (seen.has(kind)) continue;
    seen.add(kind);
    await visit(`${name}-${kind}`);
  }
}

/** A written call up to and with its first event of a kind, hub and all. */
export async function playUntil(
  desk: OpenDesk,
  handler: Handler,
  name: string,
  last: Happening['type'],
): Promise<void> {
  await handler.takeCall();
  for (const step of scriptOf(name).steps) {
    if ('hub' in step) {
      await (step.hub === 'kill' ? desk.lantern.killHub() : desk.lantern.startHub());
      continue;
    }
    await handler.perform(step);
    if ('record' in step && step.record.type === last) return;
  }
}

function stateOf({ record }: Extract<CallScript['steps'][number], { record: unknown }>): string {
  if (record.type === 'stage.entered') return `stage-${record.data.stage}`;
  if (record.type === 'answer.recorded') return `answer-${record.data.state}`;
  return record.type.replace('.', '-');
}

function scriptOf(name: string): CallScript {
  const script = readScript(join(import.meta.dirname, `../../simulate/scripts/${name}.json`));
  if (!script.ok) throw new Error(script.error.message);
  return script.value;
}
