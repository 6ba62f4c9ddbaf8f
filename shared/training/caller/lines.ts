import { type AskedLine } from '../script/lines.ts';
import { type LineList, lineLists, type TrainingScript } from '../script/schema.ts';
import { type Asking } from './entries.ts';
import { momentMs } from './due.ts';
import { firstSeen } from './seen.ts';
import { type CallerState, type PlacedLine, type Voice } from './state.ts';

const known = new WeakMap<TrainingScript, ReadonlyMap<string, PlacedLine>>();

/** A line by its id, with its list and its speaker. */
export function lineOf(script: TrainingScript, id: string): PlacedLine | undefined {
  const index = known.get(script) ?? indexOf(script);
  known.set(script, index);
  return index.get(id);
}

function indexOf(script: TrainingScript): ReadonlyMap<string, PlacedLine> {
  const callers = lineLists.flatMap((list) =>
    (list === 'otherVoices' ? [] : (script[list] ?? [])).map((line) => placed(line, list, 'caller')),
  );
  const others = (script.otherVoices ?? []).map((line) => placed(line, 'otherVoices', line.who));
  return new Map([...callers, ...others].map((line) => [line.id, line]));
}

const placed = (
  line: { readonly id: string; readonly say: string; readonly orSay?: string[]; readonly reveals?: string[] },
  list: LineList,
  who: Voice,
): PlacedLine => ({
  id: line.id,
  list,
  who,
  say: line.say,
  orSay: line.orSay ?? [],
  reveals: line.reveals ?? [],
});

/**
 * The lines that answer a question, by how it was put; none when nothing of the script fits. Asked once more, the last
 * answer is given again: the caller was asked before, and a debrief should show it.
 */
export function answersTo(
  script: TrainingScript,
  state: CallerState,
  question: string,
  how: Asking,
): readonly string[] {
  const isSaid = (line: { readonly id: string }): boolean => state.seen[`said:${line.id}`] !== undefined;
  const open = (list: readonly AskedLine[] = []): AskedLine | undefined =>
    list.find((line) => line.question === question && !isSaid(line) && isReady(line, state));
  if (how === 'rushed') {
    const rushed = (script.ifRushed ?? []).filter((line) => !isSaid(line));
    const line =
      rushed.find((item) => item.question === question) ?? rushed.find((item) => item.question === undefined);
    if (line !== undefined) return [line.id];
  }
  const plain = open(script.onlyIfAsked);
  const well = how === 'well' ? open(script.onlyIfAskedWell) : undefined;
  const fresh = [plain, well].filter((line) => line !== undefined).map((line) => line.id);
  if (fresh.length > 0) return fresh;
  const again = [...(script.onlyIfAskedWell ?? []), ...(script.onlyIfAsked ?? [])]
    .filter((line) => line.question === question && isSaid(line))
    .toSorted((a, b) => (state.seen[`said:${b.id}`] ?? 0) - (state.seen[`said:${a.id}`] ?? 0))[0];
  return again === undefined ? [] : [again.id];
}

function isReady(line: AskedLine, state: CallerState): boolean {
  const hasCome = (line.needs ?? []).every((moment) => {
    const at = momentMs(moment, state);
    return at !== undefined && at <= state.nowMs;
  });
  return hasCome && (line.unless === undefined || firstSeen(line.unless, state.seen) === undefined);
}
