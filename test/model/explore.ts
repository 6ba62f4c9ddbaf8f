import { type CallSnapshot } from '../../shared/call/machine.ts';
import { type Happening } from '../../shared/events/event.ts';
import { type Move } from './alphabet.ts';
import { nextEvent, type System } from './system.ts';
import { EMPTY_VIEW, keyOf, read, type View } from './view.ts';

/** A part of the whole: some regions and facts with all their values, the rest held still by `before`. */
export interface Model {
  readonly name: string;
  /** What varies, for the report. */
  readonly about: string;
  readonly before: readonly Move[];
  readonly moves: readonly Move[];
  /** Tried in every state for whether they are allowed, and not followed. */
  readonly probes: readonly Move[];
  /** How many answers to one question tell two states apart: more than one only where answers are struck. */
  readonly depth?: number;
  /** Goes on after the call was closed. */
  readonly afterClose?: boolean;
}

export interface Node {
  readonly id: number;
  readonly snapshot: CallSnapshot;
  readonly view: View;
  readonly from?: { readonly node: Node; readonly move: string };
  /** Names of the moves and probes that the machine takes here. */
  readonly allowed: ReadonlySet<string>;
  /** What was tried, by name: its last event, and how things stood before that one. */
  readonly tried: ReadonlyMap<string, { readonly happening: Happening; readonly view: View }>;
  readonly edges: readonly { readonly move: Move; readonly to: Node }[];
}

export interface Graph {
  readonly model: Model;
  readonly system: System;
  readonly nodes: readonly Node[];
  readonly transitions: number;
  /** Second arrivals at a state whose open doors were compared with the first's, and where they differed. */
  readonly compared: number;
  readonly differing: readonly { readonly node: Node; readonly path: readonly string[] }[];
}

interface Place {
  readonly snapshot: CallSnapshot;
  readonly view: View;
}

/** After these happenings in turn, or nothing when one of them is refused. */
export function take(system: System, at: Place, happenings: readonly Happening[]): Place | undefined {
  let { snapshot, view } = at;
  for (const happening of happenings) {
    const event = nextEvent(snapshot, happening);
    const next = system.take(snapshot, event);
    if (next === undefined) return undefined;
    snapshot = next;
    view = read(view, event);
  }
  return { snapshot, view };
}

/** The shortest way here, without the moves every path of the model starts with. */
export function pathTo(node: Node): readonly string[] {
  const names: string[] = [];
  for (let at: Node | undefined = node; at?.from !== undefined; at = at.from.node)
    names.unshift(at.from.move);
  return names;
}

const COMPARE_EVERY = 32;
/** Far above any model's size: a model that grows past it is unbounded, which is a fault of the model. */
const MOST_STATES = 60_000;

/**
 * Breadth first, so that the first path to a state is a shortest one. `visit` sees each state once, in that order,
 * and ends the search by answering true. A weakened system may refuse what the model starts with, and starts without.
 */
export function explore(
  system: System,
  model: Model,
  visit: (node: Node) => boolean,
  compareEvery = COMPARE_EVERY,
  mayRefuse = false,
): Graph {
  const nodes: Node[] = [];
  const byKey = new Map<string, Node>();
  const differing: Graph['differing'][number][] = [];
  const probes = [...new Map([...model.moves, ...model.probes].map((move) => [move.name, move])).values()];
  let transitions = 0;
  let compared = 0;
  let arrivals = 0;

  const arrive = (place: Place, from?: Node['from']): Node => {
    const key = keyOf(place.snapshot.value, place.view, model.depth ?? 1);
    const known = byKey.get(key);
    if (known !== undefined) {
      arrivals += 1;
      if (arrivals % compareEvery === 0) {
        compared += 1;
        const { allowed } = tryAll(system, place, probes);
        if (!same(allowed, known.allowed) && from !== undefined)
          differing.push({ node: known, path: [...pathTo(from.node), from.move] });
      }
      return known;
    }
    const node: Node = {
      id: nodes.length,
      ...place,
      ...(from === undefined ? {} : { from }),
      ...tryAll(system, place, probes),
      edges: [],
    };
    byKey.set(key, node);
    nodes.push(node);
    return node;
  };

  arrive(startOf(system, model, mayRefuse));
  for (let at = 0; at < nodes.length && nodes.length < MOST_STATES; at += 1) {
    const node = nodes[at];
    if (node === undefined || visit(node)) break;
    if (node.view.closed !== undefined && model.afterClose !== true) continue;
    for (const move of model.moves) {
      if (!node.allowed.has(move.name)) continue;
      const next = take(system, node, move.make(node.view) ?? []);
      if (next === undefined) continue;
      transitions += 1;
      (node.edges as { move: Move; to: Node }[]).push({ move, to: arrive(next, { node, move: move.name }) });
    }
  }
  if (nodes.length >= MOST_STATES) throw new Error(`${model.name} does not end: an abstraction is too fine`);
  return { model, system, nodes, transitions, compared, differing };
}

function startOf(system: System, model: Model, mayRefuse: boolean): Place {
  return model.before.reduce<Place>(
    (place, move) => {
      const next = take(system, place, move.make(place.view) ?? []);
      if (next === undefined && mayRefuse) return place;
      if (next === undefined) throw new Error(`${model.name} cannot start: ${move.name} is refused`);
      return next;
    },
    { snapshot: system.start(), view: EMPTY_VIEW },
  );
}

function tryAll(system: System, at: Place, probes: readonly Move[]): Pick<Node, 'allowed' | 'tried'> {
  const allowed = new Set<string>();
  const tried = new Map<string, { happening: Happening; view: View }>();
  for (const move of probes) {
    const happenings = move.make(at.view) ?? [];
    const happening = happenings.at(-1);
    if (happening === undefined) continue;
    const before = take(system, at, happenings.slice(0, -1));
    if (before === undefined) continue;
    tried.set(move.name, { happening, view: before.view });
    if (before.snapshot.can(nextEvent(before.snapshot, happening))) allowed.add(move.name);
  }
  return { allowed, tried };
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((name) => b.has(name));
