import { explore, type Model, type Node, pathTo } from './explore.ts';
import {
  graphProperties,
  properties,
  propertiesAfterwards,
  type Property,
  type Violation,
} from './properties.ts';
import { type System } from './system.ts';

export interface Checked {
  readonly models: readonly {
    readonly name: string;
    readonly about: string;
    readonly states: number;
    readonly transitions: number;
    /** Moves and probes that no state could try: their last event never had its turn. */
    readonly idle: readonly string[];
  }[];
  /** By property, in order; the shortest violation where there is one. */
  readonly results: readonly { readonly property: string; readonly violation?: Violation }[];
  readonly compared: number;
}

const nodeProperties: readonly Property[] = [...properties, ...propertiesAfterwards];
export const propertyNames: readonly string[] = [...nodeProperties, ...graphProperties].map(
  ({ name }) => name,
);

/** Visits every state of every model and asks every property of it. */
export function check(system: System, models: readonly Model[]): Checked {
  const found = new Map<string, Violation>();
  const keep = (name: string, violation: Violation): void => {
    const before = found.get(name);
    if (before === undefined || violation.path.length < before.path.length) found.set(name, violation);
  };
  const counted: Checked['models'][number][] = [];
  let compared = 0;
  for (const model of models) {
    const graph = explore(system, model, (node) => {
      for (const { name, wrong } of nodeProperties) {
        const what = wrong(node, system);
        if (what !== undefined) keep(name, { model: model.name, path: pathTo(node), what });
      }
      return false;
    });
    for (const { name, violation } of graphProperties) {
      const wrong = violation(graph);
      if (wrong !== undefined) keep(name, wrong);
    }
    const { name, about } = model;
    const tried = new Set(graph.nodes.flatMap((node) => [...node.tried.keys()]));
    const idle = [...model.moves, ...model.probes]
      .map((move) => move.name)
      .filter((move) => !tried.has(move));
    counted.push({ name, about, states: graph.nodes.length, transitions: graph.transitions, idle });
    compared += graph.compared;
  }
  const results = propertyNames.map((property) => {
    const violation = found.get(property);
    return violation === undefined ? { property } : { property, violation };
  });
  return { models: counted, results, compared };
}

/** What several parts of the models showed, as one. */
export const joined = (parts: readonly Checked[]): Checked => ({
  models: parts.flatMap(({ models }) => models),
  compared: parts.reduce((sum, part) => sum + part.compared, 0),
  results: propertyNames.map((property) => {
    const violation = parts
      .flatMap(({ results }) => results)
      .filter((result) => result.property === property)
      .flatMap((result) => result.violation ?? [])
      .toSorted((left, right) => left.path.length - right.path.length)[0];
    return violation === undefined ? { property } : { property, violation };
  }),
});

/** The first property, of those named, that a weakened system breaks; nothing when it breaks none. */
export function caughtBy(
  system: System,
  models: readonly Model[],
  trusted: ReadonlySet<string>,
): (Violation & { readonly property: string }) | undefined {
  const asked = nodeProperties.filter(({ name }) => trusted.has(name));
  for (const model of models) {
    let caught: (Violation & { property: string }) | undefined;
    const visit = (node: Node): boolean => {
      for (const { name, wrong } of asked) {
        const what = wrong(node, system);
        if (what === undefined) continue;
        caught = { property: name, model: model.name, path: pathTo(node), what };
        return true;
      }
      return false;
    };
    const graph = explore(system, model, visit, Infinity, true);
    if (caught !== undefined) return caught;
    for (const { name, violation } of graphProperties) {
      const wrong = trusted.has(name) ? violation(graph) : undefined;
      if (wrong !== undefined) return { property: name, ...wrong };
    }
  }
  return undefined;
}
