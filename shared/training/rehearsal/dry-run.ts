import { closingOf, lineIsLost } from '../../call/facts.ts';
import { type CallEvent, type Happening } from '../../events/event.ts';
import { type Content } from '../../content/schema.ts';
import { type UtcMs } from '../../time.ts';
import { type Asking } from '../caller/entries.ts';
import { error, type Finding, type ScriptPath, warning } from '../lint/finding.ts';
import { type Ending } from '../script/assessment.ts';
import { lineLists, type TrainingScript } from '../script/schema.ts';
import { msOf } from '../script/values.ts';
import { bringAboutItem } from './bring-about.ts';
import { RehearsalDesk } from './desk.ts';
import { askAll, finish } from './finish.ts';
import { allEndings } from './rehearse.ts';

export interface DryRunTools {
  readonly content: Content;
  readonly startAt: UtcMs;
  /** A new call of its own: what makes its events. */
  readonly newCall: () => (happening: Happening, at: UtcMs) => CallEvent;
}

const WAYS: readonly Asking[] = ['plain', 'well', 'rushed'];

/**
 * Plays a script in every way that matters on the real call machine, in no time. An ending that no careful handler can
 * reach is an error, with what the machine says; so is a line, event or inject that never came in any of the runs. The
 * number of runs is bounded by the script’s own lists.
 */
export function dryRun(script: TrainingScript, tools: DryRunTools): readonly Finding[] {
  const came = new Set<string>();
  const desk = (knows: 'heard' | 'ledger' = 'ledger'): RehearsalDesk =>
    new RehearsalDesk({
      script,
      content: tools.content,
      seed: 1,
      startAt: tools.startAt,
      make: tools.newCall(),
      knows,
    });
  const keep = (run: RehearsalDesk): void => {
    for (const entry of run.run) {
      if (entry.kind === 'said' && entry.line !== undefined) came.add(entry.line);
      if (entry.kind === 'happened' || entry.kind === 'injected') came.add(entry.id);
    }
  };
  const endings = allEndings(script).flatMap((ending) => reach(script, ending, desk, keep));
  keep(idle(script, desk()));
  for (const ending of allEndings(script)) keep(declined(script, ending, desk()));
  const waiting = itemsOf(script).filter(({ id }) => !came.has(id));
  for (const { id } of waiting) {
    const run = desk();
    bringAboutItem(run, id);
    keep(run);
  }
  return [
    ...endings,
    ...waiting
      .filter(({ id }) => !came.has(id))
      .map(({ path, id, what }) =>
        error(path, `${what} ${id} never came, whatever was asked. Look at what it waits for.`),
      ),
    ...unheard(script, came),
  ];
}

function reach(
  script: TrainingScript,
  ending: Ending,
  desk: () => RehearsalDesk,
  keep: (run: RehearsalDesk) => void,
): readonly Finding[] {
  const path: ScriptPath = pathOf(script, ending);
  const refusals = WAYS.flatMap((how) => {
    const run = desk();
    interview(script, run, how);
    const isClosed = finish(run, ending, how);
    run.wait(horizon(script));
    keep(run);
    return isClosed && closingOf(run.picture)?.data.outcome === ending.outcome ? [] : [run.refused];
  });
  const [first] = refusals;
  if (first === undefined) return [];
  const said = first.filter(({ happening }) => ['route.chosen', 'call.closed'].includes(happening.type));
  const why = (said.length > 0 ? said : first).map((item) => item.why)[0] ?? 'the call did not close';
  return [error(path, `No careful handler can reach ${ending.id}: ${why}`)];
}

/** Asks whatever the script has a line for, in the order of the guide first. */
function interview(script: TrainingScript, run: RehearsalDesk, how: Asking): void {
  askAll(run, how);
  for (const list of ['onlyIfAsked', 'onlyIfAskedWell'] as const)
    for (const line of script[list] ?? []) {
      if (line.question === undefined) run.confirm(line.id, how === 'rushed' ? 'plain' : 'well');
      else run.ask(line.question, how);
      run.ringBack();
    }
  run.wait(horizon(script));
  run.ringBack();
}

/** Nobody says or does anything; then the line is dropped, and the caller rung back. */
function idle(script: TrainingScript, run: RehearsalDesk): RehearsalDesk {
  run.wait(horizon(script));
  run.record({ type: 'emergency.raised', data: {} });
  run.wait(horizon(script));
  if (!lineIsLost(run.picture)) run.record({ type: 'line.dropped', data: {} });
  run.wait(60_000);
  run.record({ type: 'callBack.attempted', data: { result: 'noAnswer' } });
  run.wait(horizon(script));
  return run;
}

/** The receiver says no, and the handler goes on to another ending. */
function declined(script: TrainingScript, ending: Ending, run: RehearsalDesk): RehearsalDesk {
  finish(run, ending, 'plain', 'declines');
  run.wait(horizon(script));
  const other = allEndings(script).find(({ route }) => route !== ending.route);
  if (other !== undefined) finish(run, other, 'plain');
  run.wait(horizon(script));
  return run;
}

/** Longer than every delay and clock of the script one after another. */
function horizon(script: TrainingScript): number {
  const items = itemsOf(script).flatMap(({ delay, when, lasts }) => [delay, when?.clock, when?.quiet, lasts]);
  return items.reduce((sum, text) => sum + (text === undefined ? 0 : msOf(text)), 60_000);
}

interface Item {
  readonly id: string;
  readonly path: ScriptPath;
  readonly what: string;
  readonly delay?: string | undefined;
  readonly when?: { readonly clock?: string; readonly quiet?: string } | undefined;
  readonly lasts?: string | undefined;
}

/** Everything that is to come by itself or by being asked. What only the trainer picks has nothing to wait for. */
function itemsOf(script: TrainingScript): readonly Item[] {
  const lines = lineLists.flatMap((list) =>
    (script[list] ?? []).map((line, at): Item => ({ ...line, path: [list, at], what: 'The line' })),
  );
  const isPicked = ({ path, when }: Item): boolean => path[0] === 'otherVoices' && when === undefined;
  const timed = (
    list: readonly Omit<Item, 'path' | 'what'>[] = [],
    name: string,
    what: string,
  ): readonly Item[] =>
    list
      .map((item, at): Item => ({ ...item, path: [name, at], what }))
      .filter((item) => item.when !== undefined);
  return [
    ...lines.filter((line) => !isPicked(line)),
    ...timed(script.events, 'events', 'The event'),
    ...timed(script.injects, 'injects', 'The inject'),
  ];
}

/** Facts that some line reveals, though none of those lines ever came. */
function unheard(script: TrainingScript, came: ReadonlySet<string>): readonly Finding[] {
  const lines = lineLists.flatMap((list) => script[list] ?? []);
  return script.facts.flatMap(({ id }, at) => {
    const by = lines.filter((line) => line.reveals?.includes(id) === true);
    return by.length > 0 && by.every((line) => !came.has(line.id))
      ? [warning(['facts', at, 'id'], `${id} was never heard in any run.`)]
      : [];
  });
}

function pathOf(script: TrainingScript, ending: Ending): ScriptPath {
  const expected = script.endings.expected.indexOf(ending);
  if (expected >= 0) return ['endings', 'expected', expected];
  return ['endings', 'acceptable', (script.endings.acceptable ?? []).indexOf(ending)];
}
