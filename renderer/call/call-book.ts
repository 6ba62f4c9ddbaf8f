import { startCall, step, whyNot } from '../../shared/call/replay.ts';
import { type Content } from '../../shared/content/schema.ts';
import { GENESIS, type CallEvent, type Happening } from '../../shared/events/event.ts';
import { type Author, type EventRef } from '../../shared/events/vocabulary.ts';
import { type CallId, type DeskId, type StreamId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type Elsewhere, isWrittenWithoutLease } from '../../shared/sync/call-lease.ts';
import { type UtcMs } from '../../shared/time.ts';
import { newestFirst, withEvents } from './call-view.ts';
import { type CallView } from './desk.ts';
import { moveEvents, readHappening, turnRefs } from './happening-text.ts';

/** The calls on this desk, in memory: what is shown, and what may happen next. It writes nothing. */
export interface CallBook {
  list(): readonly CallView[];
  get(id: CallId): CallView | undefined;
  has(id: CallId): boolean;
  put(view: CallView): void;
  begin(id: CallId, content: Content): void;
  /** It was purged from this PC. */
  remove(id: CallId): void;
  /** Another desk has the call, or (undefined) none but this one. Remembered for a call that is not here yet. */
  place(id: CallId, elsewhere: Elsewhere | undefined): void;
  /** Adds those of the events that the call lacks. */
  merge(id: CallId, events: readonly CallEvent[]): void;
  /** Checks the happening against the machine and shows it. The event carries the place it was given. */
  happen(id: CallId, input: unknown, place: Place): Result<CallEvent, readonly string[]>;
  /** Gives events another place in the log, and shows them there. Later pointers to the old places are turned. */
  move(events: readonly CallEvent[], stream: StreamId, firstSeq: number): readonly CallEvent[];
}

interface Place {
  readonly stream: StreamId;
  readonly seq: number;
  readonly now: UtcMs;
}

const ELSEWHERE =
  'Another desk has this call. Here you can add a note, which that desk sees, and raise the emergency. To decide anything, take the call back.';

const NOBODYS =
  'This call was given back: no desk has it. Here you can add a note and raise the emergency. To decide anything, take the call back.';

export function createCallBook(author: Author, desk: DeskId): CallBook {
  const views = new Map<CallId, CallView>();
  const elsewhere = new Map<CallId, Elsewhere>();
  let list: readonly CallView[] | undefined;
  let turn = (ref: EventRef): EventRef => ref;

  function put(view: CallView): void {
    const { elsewhere: _before, ...here } = view;
    const away = elsewhere.get(view.id);
    views.set(view.id, away === undefined ? here : { ...here, elsewhere: away });
    list = undefined;
  }

  function candidate(view: CallView, happening: Happening, { stream, seq, now }: Place): CallEvent {
    // Never earlier than what is already in the call (picture.ts, invariant 3): a clock may be put back.
    const at = Math.max(now, view.events.at(-1)?.at ?? 0);
    const { id: call, content } = view;
    const version = content.manifest.version;
    const open = { stream, seq, call, at, author, desk, content: version, prev: GENESIS, hash: GENESIS };
    return { ...open, ...turnRefs(happening, turn) };
  }

  return {
    list: () => (list ??= [...views.values()].toSorted(newestFirst)),
    get: (id) => views.get(id),
    has: (id) => views.has(id),
    put,
    place(id, away) {
      if (away === undefined) elsewhere.delete(id);
      else elsewhere.set(id, away);
      const view = views.get(id);
      if (view !== undefined) put(view);
    },
    merge(id, events) {
      const view = views.get(id);
      if (view === undefined) return;
      const known = new Set(view.events.map(({ stream, seq }) => `${stream} ${seq}`));
      const missing = events.filter(({ stream, seq }) => !known.has(`${stream} ${seq}`));
      if (missing.length > 0) put(withEvents(view, [...view.events, ...missing]));
    },
    remove(id) {
      views.delete(id);
      list = undefined;
    },
    begin: (id, content) => put({ id, content, snapshot: startCall(content), events: [], resumed: false }),
    happen(id, input, place) {
      const view = views.get(id);
      if (view === undefined) return err(['This call is not on this desk.']);
      if (view.readOnly !== undefined) return err([view.readOnly]);
      const happening = readHappening(input);
      if (!happening.ok) return happening;
      if (view.elsewhere !== undefined && !isWrittenWithoutLease(happening.value.type))
        return err([view.elsewhere.nobody === true ? NOBODYS : ELSEWHERE]);
      const event = candidate(view, happening.value, place);
      const next = step(view.snapshot, event, view.content);
      if (!next.allowed) return err(whyNot(view.snapshot, event, view.content));
      // Somebody is at work on it, so it has been looked at.
      const resumed = event.type === 'call.resumed';
      put({ ...view, snapshot: next.snapshot, events: [...view.events, event], resumed });
      return ok(event);
    },
    move(events, stream, firstSeq) {
      const { moved, turn: turnThese } = moveEvents(events, stream, firstSeq);
      const before = turn;
      turn = (ref) => turnThese(before(ref));
      const places = new Map(events.map((event, index) => [event, moved[index] ?? event]));
      for (const id of new Set(events.map(({ call }) => call))) {
        const view = views.get(id);
        if (view !== undefined)
          put(
            withEvents(
              view,
              view.events.map((event) => places.get(event) ?? event),
            ),
          );
      }
      return moved;
    },
  };
}
