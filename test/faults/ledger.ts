import { type RunningDesk } from '../../renderer/call/desk.ts';
import { type CallId, type StreamId } from '../../shared/ids.ts';
import { markOf, placeOf } from './world/truth.ts';
import { type SimulatedDesk, type World } from './world/world.ts';

/** What can be wrong. The first one of a run ends it. */
export type WrongKind =
  | 'lost'
  | 'doubled'
  | 'false light'
  | 'vanished from the screen'
  | 'draft lost'
  | 'seen by another'
  | 'wrong author'
  | 'chain broken'
  | 'stuck'
  | 'two writers'
  | 'purged unsent'
  | 'program error';
export interface Wrong {
  readonly kind: WrongKind;
  readonly detail: string;
}

interface Note {
  readonly author: string;
  readonly call: CallId;
  /** The desk said that it is on this PC, or safe. */
  said: boolean;
  /** Where it stood in the log when that was said. */
  place?: string;
}

/** What one desk's handlers did, and what they were told about it. Kept outside the system, so nothing takes it. */
export interface DeskLedger {
  readonly notes: Map<string, Note>;
  /** Marks of events of which it was said that they are on this PC or safe. */
  readonly said: Set<string>;
  /** Places that were purged from this PC, whatever became of the list since. */
  readonly purged: Set<string>;
  call: CallId | undefined;
  /** By who typed: what somebody has half typed is theirs alone. */
  readonly drafts: Map<string, DraftLedger>;
}

/** The text of the one field that is typed into. */
export interface DraftLedger {
  readonly typed: { readonly at: number; readonly text: string }[];
  /** Index of the newest text that was not called unsaved. */
  confirmed: number;
  /** When the way to the disk was last hindered. */
  hinderedAt: number;
  /** When the window it was last typed in died. */
  diedAt: number;
}

export const DRAFT_KEY = 'field';
const newDraft = (): DraftLedger => ({
  typed: [{ at: 0, text: '' }],
  confirmed: 0,
  hinderedAt: 0,
  diedAt: 0,
});
export const newLedger = (): DeskLedger => ({
  notes: new Map(),
  said: new Set(),
  purged: new Set(),
  call: undefined,
  drafts: new Map(),
});

/** The field as the person signed in knows it. */
export function draftOf(ledger: DeskLedger, person: string): DraftLedger {
  const draft = ledger.drafts.get(person) ?? newDraft();
  ledger.drafts.set(person, draft);
  return draft;
}

/** Looks at what a desk says, each time it says something, and holds it against the platters and the hub. */
export function watchDesk(
  world: World,
  { truth }: SimulatedDesk,
  ledger: DeskLedger,
  restoredAway: ReadonlySet<string>,
  desk: RunningDesk,
  wrong: (kind: WrongKind, detail: string) => void,
): void {
  const facts = desk.facts();
  const light = desk.light();
  const streams = new Map<string, boolean>();
  const isCurrent = (stream: string): boolean => {
    // The stream being written alone has a number that is not kept yet.
    const known =
      streams.get(stream) ?? desk.where({ stream, seq: Number.MAX_SAFE_INTEGER } as never) === 'keeping';
    streams.set(stream, known);
    return known;
  };
  const inDatabase = truth.database();
  const inJournal = truth.journal();
  const atHub = (stream: string, seq: number, hash: string): boolean =>
    world.database
      .committed()
      .streams.get(stream as StreamId)
      ?.events.get(seq)?.item.event.hash === hash || restoredAway.has(markOf({ stream, seq, hash }));
  const placeAtHub = (place: string): boolean => {
    const [stream = '', seq] = place.split('/');
    const kept = world.database.committed().streams.get(stream as StreamId);
    return kept?.events.has(Number(seq)) === true || restoredAway.has(place);
  };
  const whole = light.kind === 'safe' || light.kind === 'onThisPc';

  for (const { events } of desk.calls()) {
    for (const event of events) {
      const { stream, seq, hash } = event;
      const where = desk.where(event);
      const mark = markOf(event);
      const place = placeOf(event);
      const current = isCurrent(stream);
      if (where === 'keeping') {
        if (whole) wrong('false light', `${light.kind} while event ${seq} is being kept`);
        const isThere =
          light.kind !== 'oneCopy' ||
          (light.missing === 'database' ? inJournal.has(mark) : inDatabase.has(place));
        if (current && !isThere) wrong('false light', `oneCopy, and event ${seq} is in none`);
        continue;
      }
      const copies = Number(inDatabase.has(place)) + Number(inJournal.has(mark));
      if (where === 'onThisPc' && copies < (current ? 2 : 1))
        wrong('false light', `event ${seq} is called "on this PC" and is in ${copies} place(s) here`);
      if ((where === 'safe' || light.kind === 'safe') && !atHub(stream, seq, hash))
        wrong('false light', `event ${seq} is called "safe" and the hub has not got it`);
      ledger.said.add(mark);
      if (event.type === 'note.added') {
        const note = ledger.notes.get(event.data.text);
        if (note !== undefined) Object.assign(note, { said: true, place });
      }
      if (current && seq === facts.acked && facts.acked > truth.acked(stream))
        wrong('false light', `acknowledged up to ${seq} and no receipt is stored for it`);
    }
  }
  // Not only what is on the screen: other people's entries and older calls are this PC's as well.
  if (light.kind === 'safe')
    for (const place of inDatabase)
      if (!placeAtHub(place)) wrong('false light', `"safe" is said and ${place} is not at the hub`);
  const draft = draftOf(ledger, desk.session.person.id);
  if (!facts.typing) draft.confirmed = draft.typed.length - 1;
  seenByAnother(desk, wrong);
}

/** A call in which the person signed in wrote nothing is another's, and not for their eyes. */
function seenByAnother(desk: RunningDesk, wrong: (kind: WrongKind, detail: string) => void): void {
  const person = desk.session.person.id;
  for (const { id, events } of desk.calls())
    if (events.length > 0 && !events.some(({ author }) => author.id === person))
      wrong('seen by another', `call ${id} is on the screen of ${person}`);
}

/** Looks at a desk that was started again, and has read its list of calls: what was said to be kept is there. */
export function checkNotes(
  ledger: DeskLedger,
  desk: RunningDesk,
  wrong: (kind: WrongKind, detail: string) => void,
): void {
  const person = desk.session.person.id;
  const shown = new Set<string>();
  for (const { events } of desk.calls())
    for (const event of events) if (event.type === 'note.added') shown.add(event.data.text);
  // What the journal alone has is shown as soon as it can be read; until then the desk says that it cannot.
  const said = desk.notices().join(' ');
  const partly = said.includes('The journal on this PC cannot be used') || said.includes('could not be read');
  for (const [text, note] of ledger.notes)
    if (
      note.author === person &&
      note.said &&
      !partly &&
      !shown.has(text) &&
      !ledger.purged.has(note.place ?? '')
    )
      wrong('vanished from the screen', `the note "${text}" was kept`);
}

/** Looks at a desk that has just been started again: half-typed text is back in its field. */
export function checkDraft(
  ledger: DeskLedger,
  desk: RunningDesk,
  wrong: (kind: WrongKind, detail: string) => void,
): void {
  const person = desk.session.person.id;
  const { typed, confirmed, hinderedAt, diedAt } = draftOf(ledger, person);
  const text = desk.draft(DRAFT_KEY)?.text ?? '';
  const found = typed.findLastIndex((known) => known.text === text);
  if (found < confirmed) wrong('draft lost', `"${text}" came back and "${typed[confirmed]?.text}" was kept`);
  const due = typed.findLastIndex(({ at }) => at <= diedAt - DRAFT_MS);
  if (hinderedAt < diedAt - 2 * DRAFT_MS && found < due)
    wrong('draft lost', `"${text}" came back, more than 500 ms behind "${typed[due]?.text}"`);
}
const DRAFT_MS = 500;
