import { type Happening } from '../../events/event.ts';
import { type Fact } from '../script/caller-sheet.ts';
import { type Moment, type RecordedName } from '../script/moment.ts';
import { lineLists, type TrainingScript } from '../script/schema.ts';
import { msOf } from '../script/values.ts';
import { type Asking } from '../caller/entries.ts';
import { type RehearsalDesk } from './desk.ts';

/** Longer chains than a script can have: `circles` has refused those that never end. */
const DEEPEST = 60;

interface Waiting {
  readonly id: string;
  readonly when?: Moment;
  readonly delay?: string;
  readonly needs?: readonly Moment[];
  readonly question?: string;
  readonly intent?: string;
}

/** How a line of this list has to be asked for. */
const HOW: Readonly<Record<string, Asking>> = { onlyIfAskedWell: 'well', ifRushed: 'rushed' };

/** Does whatever a line, an event or an inject of the script waits for. */
export function bringAboutItem(desk: RehearsalDesk, id: string, depth = 0): void {
  if (depth > DEEPEST) return;
  const found = itemOf(desk.options.script, id);
  if (found === undefined) return;
  const { item, list } = found;
  for (const moment of item.needs ?? []) bringAbout(desk, moment, depth + 1);
  if (item.when !== undefined) bringAbout(desk, item.when, depth + 1);
  const how = HOW[list];
  if (item.intent !== undefined) desk.confirm(id, how);
  else if (item.question !== undefined) desk.ask(item.question, how);
  else if (list === 'ifRushed') desk.ask(desk.options.content.questions[0]?.id ?? '', how);
  desk.wait((item.delay === undefined ? 0 : msOf(item.delay)) + 1000);
  desk.listen();
}

function bringAbout(desk: RehearsalDesk, moment: Moment, depth: number): void {
  const { clock, asked, answer, stage, recorded, said, happened, quiet } = moment;
  if (clock !== undefined) desk.wait(Math.max(0, msOf(clock) - desk.caller.nowMs));
  if (asked !== undefined) desk.ask(asked);
  if (answer !== undefined) {
    const [state] = answer.is;
    if (state !== undefined) desk.record(answered(answer.to, state));
  }
  if (stage !== undefined) desk.record({ type: 'stage.entered', data: { stage } });
  if (recorded !== undefined) for (const happening of simple(recorded)) desk.record(happening);
  if (quiet !== undefined) desk.wait(msOf(quiet) + 1000);
  const id = said ?? happened;
  if (id !== undefined) bringAboutItem(desk, id, depth);
}

const answered = (question: string, state: Fact['answer']): Happening => ({
  type: 'answer.recorded',
  data: { question, state, saidBy: 'person' },
});

/** What can be recorded at any time by itself. The rest comes on the way to an ending. */
function simple(name: RecordedName): readonly Happening[] {
  switch (name) {
    case 'emergency':
      return [{ type: 'emergency.raised', data: {} }];
    case 'emergencyRefused':
      return [
        { type: 'emergency.raised', data: {} },
        { type: 'emergency.refused', data: { by: 'Control', reason: 'Not now.' } },
      ];
    case 'held':
      return [{ type: 'line.held', data: {} }];
    case 'resumed':
      return [
        { type: 'line.held', data: {} },
        { type: 'line.resumed', data: {} },
      ];
    case 'adapted':
      return [{ type: 'call.adapted', data: { channel: 'phone', manner: 'yesNo' } }];
    case 'note':
      return [{ type: 'note.added', data: { text: 'A note.' } }];
    case 'consultRequested':
      return [{ type: 'consult.requested', data: {} }];
    case 'lineDropped':
      return [{ type: 'line.dropped', data: {} }];
    case 'callBackTried':
      return [
        { type: 'line.dropped', data: {} },
        { type: 'callBack.attempted', data: { result: 'noAnswer' } },
      ];
    default:
      return [];
  }
}

interface Found {
  readonly item: Waiting;
  readonly list: string;
}

function itemOf(script: TrainingScript, id: string): Found | undefined {
  const lists: readonly (readonly [string, readonly Waiting[]])[] = [
    ...lineLists.map((list) => [list, script[list] ?? []] as const),
    ['events', script.events ?? []],
    ['injects', script.injects ?? []],
  ];
  for (const [list, items] of lists) {
    const item = items.find((each) => each.id === id);
    if (item !== undefined) return { item, list };
  }
  return undefined;
}
