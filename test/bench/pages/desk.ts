import { type Happening } from '../../../shared/events/event.ts';
import { type CallId } from '../../../shared/ids.ts';
import { browserPorts } from '../../../renderer/call/browser-ports.ts';
import { createDesk } from '../../../renderer/call/create-desk.ts';
import { rawPut } from './raw-put.ts';

/** What a bench may ask of the page: the desk as the window makes it, driven without a screen. */
export interface BenchPage {
  /** Takes calls and records these happenings, over and over, until at least `count` more events, of whole calls, are in both copies. */
  fill(scripts: readonly (readonly Happening[])[], count: number): Promise<number>;
  /** One call that stays open, with `count` events in it: a note to every three answers. */
  longCall(count: number): Promise<void>;
  /** Time from `record` to each copy, and so both, confirmed, for `count` notes one after another (ms). */
  durable(count: number): Promise<Saved[]>;
  /** The same for the plainest write there is: one record put, in one strict transaction of a store of its own. */
  rawPut(count: number): Promise<number[]>;
  /** Waits until the hub's receipts for everything are stored; answers when the hub was seen and when it was done. */
  drained(): Promise<{ readonly seenAt: number; readonly doneAt: number; readonly sent: number }>;
  reach(): string;
}

export interface Saved {
  readonly database: number;
  readonly journal: number;
}

declare global {
  interface Window {
    bench?: BenchPage;
  }
}

const desk = await createDesk(browserPorts());
const NOTE = 'They have been awake since three, and the neighbour has been knocking since four. ';

function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = desk.subscribe(look);
    function look(): void {
      if (!holds()) return;
      stop();
      resolve();
    }
    look();
  });
}
const kept = (): boolean => {
  const { made, inDatabase, inJournal } = desk.facts();
  return Math.min(inDatabase, inJournal) >= made;
};
const made = (): number => desk.facts().made;

function record(call: CallId, happening: Happening): void {
  const done = desk.record(call, happening);
  if (!done.ok) throw new Error(`${happening.type} was refused: ${done.why.join(' ')}`);
}

let noted: CallId | undefined;

window.bench = {
  async fill(scripts, count) {
    const began = performance.now();
    const end = made() + count;
    for (let at = 0; made() < end; at += 1) {
      const call = desk.takeCall({ source: 'handler' });
      for (const happening of scripts[at % scripts.length] ?? []) record(call, happening);
      // As much as a lane takes at once; more would only wait in memory.
      if (at % 20 === 19) await until(kept);
    }
    await until(kept);
    return performance.now() - began;
  },
  async longCall(count) {
    const call = desk.takeCall({ source: 'handler' });
    for (let at = 0; at < count; at += 1) {
      // As much as is typed in a long call: three answers of every four, said again as they change, and a note.
      if (at % 4 === 0) record(call, { type: 'note.added', data: { text: `${NOTE}${at}` } });
      else
        record(call, {
          type: 'answer.recorded',
          data: { question: `S${(at % 3) + 1}`, state: 'no', saidBy: 'person', words: NOTE },
        });
      if (at % 500 === 499) await until(kept);
    }
    await until(kept);
  },
  async durable(count) {
    noted ??= desk.takeCall({ source: 'handler' });
    await until(kept);
    const took: Saved[] = [];
    for (let at = 0; at < count; at += 1) {
      const began = performance.now();
      record(noted, { type: 'note.added', data: { text: NOTE } });
      const [database, journal] = await Promise.all(
        (['inDatabase', 'inJournal'] as const).map(async (copy) => {
          await until(() => desk.facts()[copy] >= made());
          return performance.now() - began;
        }),
      );
      took.push({ database: database ?? 0, journal: journal ?? 0 });
    }
    return took;
  },
  rawPut: (count) => rawPut(count, NOTE),
  async drained() {
    await until(() => desk.hub().reach === 'reachable');
    const seenAt = performance.now();
    const sent = desk.unsent();
    await until(() => desk.unsent() === 0);
    return { seenAt, doneAt: performance.now(), sent };
  },
  reach: () => desk.hub().reach,
};
