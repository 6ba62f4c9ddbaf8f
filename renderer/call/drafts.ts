import { type Draft, MAX_DRAFT } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Result } from '../../shared/result.ts';
import { backoffMs, type BackoffPlan } from '../../shared/sync/backoff.ts';
import { type Clock, type Timers } from '../../shared/time.ts';

/** Half-typed text, by field. Memory answers; the main process keeps a copy that is at most half a second old. */
export interface DraftKeeper {
  get(key: string): Draft | undefined;
  /** Empty text discards. Text over the limit of a draft is refused whole and stays in the field only. */
  keep(key: string, text: string): void;
  /** The call was purged from this PC: its fields are given up without a word to the disk, which has none of them. */
  forget(call: string): void;
  /** Fields with text in them. */
  count(): number;
  all(): readonly Draft[];
  /** Whether any text is not yet confirmed to be on the disk. */
  unsaved(): boolean;
  /** Sends everything unsaved now: the window may be about to go. Resolves when these were answered. */
  flush(): Promise<void>;
  /** Resolves once nothing is on its way to the disk any more, however long it takes. A text that is too long counts as kept. */
  kept(): Promise<void>;
  stop(): void;
}

export interface DraftKeeperOptions {
  readonly kept: readonly Draft[];
  readonly save: (draft: Draft) => Promise<Result<unknown, Fault>>;
  readonly discard: (key: string) => Promise<Result<unknown, Fault>>;
  /** Resolves once all that was recorded until now is in a copy on this PC; false when the desk closed before that. */
  readonly wordsKept: () => Promise<boolean>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly changed: () => void;
}

/**
 * The longest that a key press stays unsent, and the shortest time between two saves. Words may be missing for at most
 * 500 ms after a crash (design, decision 3): the rest of that time is for the way to the disk, which was seen to take
 * more than 150 ms on a loaded PC.
 */
export const DRAFT_MS = 200;
const RETRY: BackoffPlan = { baseMs: 250, ceilingMs: DRAFT_MS };

interface Leaving {
  readonly text: string;
  readonly at: number;
}

interface Field {
  /** The text as it is now; undefined once it was discarded. */
  draft: Draft | undefined;
  /** Texts that left the field, as a rule into a note, while that note is in no copy yet: oldest first. */
  leaving: readonly Leaving[];
  /** Resolves when the text that left last was kept. */
  left: Promise<void> | undefined;
  dirty: boolean;
  sending: boolean;
  /** This text was refused as it is. It counts as unsaved. */
  refused: boolean;
  attempt: number;
  /** Until when the next save waits, and how to stop waiting. */
  cancelWait: (() => void) | undefined;
  /** The last request that was made. */
  request: Promise<void> | undefined;
}

/**
 * The first key press of a burst is sent at once, the following ones every DRAFT_MS: so a key press is never
 * unsent for longer than that. One request of a field is under way at a time, so a discard never overtakes a save.
 */
export function createDraftKeeper(options: DraftKeeperOptions): DraftKeeper {
  const { save, discard, wordsKept, clock, timers, random, changed } = options;
  const fields = new Map<string, Field>();
  for (const draft of options.kept) {
    fields.set(draft.key, {
      draft,
      leaving: [],
      left: undefined,
      dirty: false,
      sending: false,
      refused: false,
      attempt: 0,
      cancelWait: undefined,
      request: undefined,
    });
  }
  let stopped = false;

  function send(key: string, field: Field): void {
    if (stopped || field.sending || !field.dirty) return;
    field.cancelWait?.();
    const sent = onDisk(key, field);
    field.sending = true;
    field.dirty = false;
    // The pause runs from the moment of sending: a slow disk does not make the next save later still.
    field.cancelWait = timers.after(DRAFT_MS, () => {
      field.cancelWait = undefined;
      send(key, field);
      forgetIfDone(key, field);
    });
    const request = sent === undefined ? discard(key) : save(sent);
    field.request = request.then((answer) => settle(key, field, answer));
  }

  /** The text goes into the log, or was deleted: its draft stays on the disk until the log has everything. */
  function leave(key: string, field: Field, { text, at }: Draft): void {
    const leaving = { text, at };
    field.draft = undefined;
    field.leaving = [...field.leaving, leaving];
    field.left = wordsKept().then((kept) => {
      if (!kept || stopped) return;
      // What left before it was recorded before it, and is kept as well.
      const place = field.leaving.indexOf(leaving);
      if (place < 0) return;
      field.leaving = field.leaving.slice(place + 1);
      field.dirty = true;
      send(key, field);
    });
  }

  function settle(key: string, field: Field, answer: Result<unknown, Fault>): void {
    field.sending = false;
    if (stopped) return;
    if (answer.ok) {
      field.attempt = 0;
      field.refused = false;
    } else if (answer.error.code === 'bridge.badInput') {
      // Too long for a draft: the same text would be refused for ever. The next key press asks again.
      field.refused = true;
    } else {
      field.attempt += 1;
      field.dirty = true;
      field.cancelWait?.();
      field.cancelWait = timers.after(backoffMs(field.attempt, random(), 0, RETRY), () => {
        field.cancelWait = undefined;
        send(key, field);
      });
    }
    if (field.dirty && field.cancelWait === undefined) send(key, field);
    forgetIfDone(key, field);
    changed();
  }

  /** A discarded field that waits for nothing: a night's worth of them would be looked through at every key press. */
  function forgetIfDone(key: string, { draft, leaving, dirty, sending, cancelWait }: Field): void {
    if (draft === undefined && leaving.length === 0 && !dirty && !sending && cancelWait === undefined)
      fields.delete(key);
  }

  return {
    get: (key) => fields.get(key)?.draft,
    keep(key, text) {
      const field = fields.get(key) ?? newField();
      if (text === '' && field.draft === undefined) return;
      fields.set(key, field);
      if (text === '') {
        if (field.draft !== undefined) leave(key, field, field.draft);
      } else {
        field.draft = { key, text, at: clock.now() };
        field.dirty = true;
        if (field.cancelWait === undefined) send(key, field);
      }
      changed();
    },
    forget(call) {
      for (const [key, field] of fields) {
        if (!key.startsWith(`${call}:`)) continue;
        field.cancelWait?.();
        fields.delete(key);
      }
    },
    all: () => [...fields.values()].flatMap(({ draft }) => draft ?? []),
    count: () => [...fields.values()].filter(({ draft }) => draft !== undefined).length,
    unsaved: () =>
      [...fields.values()].some(
        ({ draft, dirty, sending, refused }) => draft !== undefined && (dirty || sending || refused),
      ),
    async flush() {
      for (const [key, field] of fields) send(key, field);
      for (const [key, field] of fields) {
        await field.left;
        await field.request;
        // Typed while the save before was under way: it goes as well, unless the disk refuses.
        for (; field.dirty && field.attempt === 0 && !stopped; await field.request) send(key, field);
      }
    },
    async kept() {
      const isOnItsWay = (): boolean => [...fields.values()].some(({ dirty, sending }) => dirty || sending);
      for (
        ;
        isOnItsWay() && !stopped;
        await new Promise<void>((resolve) => timers.after(DRAFT_MS, resolve))
      ) {
        for (const [key, field] of fields) send(key, field);
      }
    },
    stop() {
      stopped = true;
      for (const field of fields.values()) field.cancelWait?.();
    },
  };
}

/** What the disk should hold of a field: what stands in it, after what left it and is nowhere else yet. */
function onDisk(key: string, { draft, leaving }: Field): Draft | undefined {
  const all = draft === undefined ? leaving : [...leaving, draft];
  const newest = all.at(-1);
  if (newest === undefined) return undefined;
  let text = newest.text;
  for (const before of all.slice(0, -1).toReversed()) {
    if (before.text.length + 1 + text.length > MAX_DRAFT) break;
    text = `${before.text}\n${text}`;
  }
  return { key, text, at: newest.at };
}

const newField = (): Field => ({
  draft: undefined,
  leaving: [],
  left: undefined,
  dirty: false,
  sending: false,
  refused: false,
  attempt: 0,
  cancelWait: undefined,
  request: undefined,
});
