import { type Content } from '../../shared/content/schema.ts';
import { type Caller, callers } from './callers.ts';
import { type Ending, endingsOf } from './endings.ts';
import { type Refusal, refusalOf } from './refusals.ts';
import { type Written } from './written.ts';

/** The title of the test of a pair in `callers-and-endings.test.ts`. */
export const titleOf = (caller: Caller, ending: Ending): string => `${caller.title}: ${ending.title}`;

export interface Pair {
  readonly caller: Caller;
  readonly ending: Ending;
  readonly refusal?: Refusal;
  /** Written calls that go this way. */
  readonly written: readonly string[];
}

export interface EndingRow {
  readonly ending: Ending;
  /** What the receiver asks for, in the content’s words. */
  readonly needs: readonly string[];
  /** Gates that guard this ending: its own door, and the close. */
  readonly gates: readonly string[];
  readonly written: readonly string[];
}

/** Every caller with every ending, in the table’s order. */
export function pairsOf(content: Content, written: readonly Written[] = []): readonly Pair[] {
  return callers.flatMap((caller) =>
    endingsOf(content).map((ending): Pair => {
      const refusal = refusalOf(caller.id, ending.id);
      const names = written
        .filter((call) => call.ending === ending.id && call.callers.includes(caller.id))
        .map(({ name }) => name);
      return { caller, ending, written: names, ...(refusal === undefined ? {} : { refusal }) };
    }),
  );
}

export function endingRows(content: Content, written: readonly Written[]): readonly EndingRow[] {
  return endingsOf(content).map((ending) => ({
    ending,
    needs: (content.route(ending.id)?.needs ?? []).map((need) =>
      typeof need === 'string' ? need : need.say,
    ),
    gates: content.gates
      .filter(({ checks }) =>
        checks.some(({ at }) => (at.door === 'route' ? at.routes.includes(ending.id) : at.door === 'close')),
      )
      .map(({ id }) => id),
    written: written.filter((call) => call.ending === ending.id).map(({ name }) => name),
  }));
}
