import { type Content } from '../../content/schema.ts';
import { type Moment } from '../script/moment.ts';
import { lineLists, type TrainingScript } from '../script/schema.ts';
import { error, type Finding, type ScriptPath } from './finding.ts';
import { suggest } from './suggest.ts';

/** How a moment is used: what starts something, or what the record is asked about. */
type Use = 'starts' | 'holdsBack' | 'looksBack';

export interface PlacedMoment {
  readonly moment: Moment;
  readonly path: ScriptPath;
  readonly use: Use;
}

interface Timed {
  readonly id: string;
  readonly when?: Moment;
  readonly unless?: Moment;
  readonly needs?: readonly Moment[];
}

/** Every moment that a script names. */
export function momentsOf(script: TrainingScript): readonly PlacedMoment[] {
  const one = (moment: Moment | undefined, path: ScriptPath, use: Use): readonly PlacedMoment[] =>
    moment === undefined ? [] : [{ moment, path, use }];
  const timed = (list: readonly Timed[] = [], name: string): readonly PlacedMoment[] =>
    list.flatMap((item, at) => [
      ...one(item.when, [name, at, 'when'], 'starts'),
      ...one(item.unless, [name, at, 'unless'], 'holdsBack'),
      ...(item.needs ?? []).flatMap((moment, index) => one(moment, [name, at, 'needs', index], 'starts')),
    ]);
  return [
    ...lineLists.flatMap((list) => timed(script[list], list)),
    ...timed(script.events, 'events'),
    ...timed(script.injects, 'injects'),
    ...script.expectations.flatMap(({ moment, after, before }, at) => [
      ...one(moment, ['expectations', at, 'moment'], 'looksBack'),
      ...one(after, ['expectations', at, 'after'], 'looksBack'),
      ...one(before, ['expectations', at, 'before'], 'looksBack'),
    ]),
    ...(script.criticalFails ?? []).flatMap(({ seen, unless, missing }, at) => [
      ...one(seen, ['criticalFails', at, 'seen'], 'looksBack'),
      ...one(unless, ['criticalFails', at, 'unless'], 'looksBack'),
      ...one(missing, ['criticalFails', at, 'missing'], 'looksBack'),
    ]),
  ];
}

/** What is wrong with a moment: an id that nothing has, or a time where a time says nothing. */
export function momentFindings(
  { moment, path, use }: PlacedMoment,
  script: TrainingScript,
  content: Content,
): readonly Finding[] {
  const lines = lineLists.flatMap((list) => (script[list] ?? []).map(({ id }) => id));
  const happenings = [...(script.events ?? []), ...(script.injects ?? [])].map(({ id }) => id);
  const questions = content.questions.map(({ id }) => id);
  const routes = content.routes.map(({ id }) => id);
  const look = (
    key: keyof Moment,
    id: string | undefined,
    known: readonly string[],
    what: string,
  ): readonly Finding[] =>
    id === undefined || known.includes(id)
      ? []
      : [error([...path, key], `There is no ${what} ${id}.`, suggest(id, known))];
  const isTime = moment.clock !== undefined || moment.quiet !== undefined;
  return [
    ...look('asked', moment.asked, questions, 'question'),
    ...look('answer', moment.answer?.to, questions, 'question'),
    ...look('route', moment.route, routes, 'route'),
    ...look('said', moment.said, lines, 'line'),
    ...look('happened', moment.happened, happenings, 'event or inject'),
    ...(isTime && use !== 'starts'
      ? [error(path, 'A time says nothing here. Name what has to happen.')]
      : []),
  ];
}

/** Lines, events and injects that wait for each other in a circle: none of them can ever come. */
export function circles(script: TrainingScript): readonly Finding[] {
  const waits = new Map<string, { readonly on: string | undefined; readonly path: ScriptPath }>();
  const add = (list: readonly Timed[] = [], name: string): void => {
    for (const [at, { id, when }] of list.entries())
      waits.set(id, { on: when?.said ?? when?.happened, path: [name, at, 'when'] });
  };
  add(script.saidUnasked, 'saidUnasked');
  add(script.otherVoices, 'otherVoices');
  add(script.events, 'events');
  add(script.injects, 'injects');
  return [...waits].flatMap(([id, { path }]) => {
    const chain = [id];
    for (
      let next = waits.get(id)?.on;
      next !== undefined && chain.length <= waits.size;
      next = waits.get(next)?.on
    ) {
      if (next === id)
        return [error(path, `${chain.join(' waits for ')}, which waits for ${id} again: it can never come.`)];
      chain.push(next);
    }
    return [];
  });
}
