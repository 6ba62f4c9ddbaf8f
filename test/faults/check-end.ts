import { createHash } from 'node:crypto';
import { type CallEvent, type Envelope } from '../../shared/events/event.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { type DeskLedger, type WrongKind } from './ledger.ts';
import { markOf, placeIn, placesOf } from './world/truth.ts';
import { type SimulatedDesk, type World } from './world/world.ts';

/**
 * When everything has come to rest: each event that was ever called kept is at the hub exactly once, in order and in
 * an unbroken chain, by the person who wrote it; and screen, database, journal and hub tell the same.
 */
export function checkEnd(
  world: World,
  { pc, truth }: SimulatedDesk,
  ledger: DeskLedger,
  wrong: (kind: WrongKind, detail: string) => void,
): void {
  const desk = pc.windows.find((window) => window.desk?.state() === 'ready')?.desk;
  if (desk === undefined) return;
  const atHub = new Map<string, number>();
  const streams = [...world.database.committed().streams].filter(([, rows]) => rows.desk === desk.host.desk);
  const hubMarks = new Set<string>();
  for (const [stream, { events, quarantine, flags }] of streams) {
    const inOrder = [...events.values()].map(({ item }) => item.event).toSorted((a, b) => a.seq - b.seq);
    checkChain(inOrder, wrong);
    for (const event of inOrder) {
      hubMarks.add(markOf(event));
      if (event.type !== 'note.added') continue;
      const text = textOf(event);
      atHub.set(text, (atHub.get(text) ?? 0) + 1);
      const author = ledger.notes.get(text)?.author;
      if (author !== event.author.id) wrong('wrong author', `"${text}" by ${event.author.id}, not ${author}`);
    }
    // A profile that was put back may fork (decision 4); nothing here puts one back.
    for (const { seq, problem } of quarantine)
      wrong('chain broken', `${stream} ${seq} is in quarantine: ${problem.code}`);
    for (const { seq, kind } of flags)
      if (kind !== 'clock') wrong('chain broken', `${stream} ${seq}: ${kind}`);
  }
  for (const [text, count] of atHub)
    if (count > 1) wrong('doubled', `"${text}" is at the hub ${count} times`);
  for (const mark of ledger.said)
    if (!hubMarks.has(mark)) wrong('lost', `${mark} was kept and is not at the hub`);
  for (const [text, { said }] of ledger.notes)
    if (said && !atHub.has(text)) wrong('lost', `"${text}" was kept and is not at the hub`);

  const shown = new Set(
    desk.calls().flatMap(({ events }) => events.map((event: CallEvent) => markOf(event))),
  );
  const purged = (place: string): boolean => ledger.purged.has(place);
  same('the screen', shown, marksOf(desk.session.person.id, streams), (mark) => purged(placeIn(mark)), wrong);
  same("the window's database", truth.database(), placesOf(hubMarks), purged, wrong);
}

/** Everything in the calls in which this person wrote: what they may see. */
function marksOf(
  person: string,
  streams: readonly (readonly [
    string,
    { readonly events: ReadonlyMap<number, { readonly item: { readonly event: Envelope } }> },
  ])[],
): ReadonlySet<string> {
  const all = streams.flatMap(([, { events }]) => [...events.values()].map(({ item }) => item.event));
  const calls = new Set(all.filter(({ author }) => author.id === person).map(({ call }) => call));
  return new Set(all.filter(({ call }) => calls.has(call)).map(markOf));
}

const textOf = ({ data }: Envelope): string => (typeof data['text'] === 'string' ? data['text'] : '');

/** One more place must hold just what the hub holds. */
function same(
  where: string,
  marks: ReadonlySet<string>,
  hub: ReadonlySet<string>,
  isPurged: (mark: string) => boolean,
  wrong: (kind: WrongKind, detail: string) => void,
): void {
  for (const mark of marks) if (!hub.has(mark)) wrong('lost', `${mark} is in ${where} and not at the hub`);
  for (const mark of hub)
    if (!marks.has(mark) && !isPurged(mark))
      wrong('vanished from the screen', `${mark} is at the hub and not in ${where}`);
}

function checkChain(events: readonly Envelope[], wrong: (kind: WrongKind, detail: string) => void): void {
  let prev = '0'.repeat(64);
  events.forEach((event, index) => {
    const { hash, ...open } = event;
    const right = createHash('sha256').update(canonicalJson(open), 'utf8').digest('hex');
    if (event.seq !== index + 1) wrong('chain broken', `${event.stream}: ${event.seq} after ${index}`);
    else if (event.prev !== prev || hash !== right) wrong('chain broken', `${event.stream}: ${event.seq}`);
    prev = hash;
  });
}
