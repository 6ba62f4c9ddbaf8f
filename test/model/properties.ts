import { type CallSnapshot } from '../../shared/call/machine.ts';
import { type Happening } from '../../shared/events/event.ts';
import * as a from './alphabet.ts';
import { type Graph, type Node, pathTo, take } from './explore.ts';
import { safeguardingKnown, unknown } from './requirements.ts';
import { afterwards, type Rule, rules } from './rules.ts';
import { nextEvent, type System } from './system.ts';
import { CHECK, EMPTY_VIEW, said } from './view.ts';

/** A property of single states: what is wrong here, in a few words, or nothing. */
export interface Property {
  readonly name: string;
  readonly wrong: (node: Node, system: System) => string | undefined;
}

/** A door that stands open although a rule forbids it. */
const propertyOf = (rule: Rule): Property => ({
  name: rule.name,
  wrong: (node, { content }) => {
    for (const [name, { happening, view }] of node.tried)
      if (node.allowed.has(name) && rule.forbids(happening, view, content, node)) return name;
    return undefined;
  },
});

const emergencyInOne: Property = {
  name: 'emergency is reachable in one event from every state that is not closed (G2)',
  wrong: (node, system) => {
    if (node.view.closed !== undefined) return undefined;
    const [raised] = a.emergency.raised.make(node.view) ?? [];
    const next = raised && system.take(node.snapshot, nextEvent(node.snapshot, raised));
    return next?.value.emergency === 'raised' ? undefined : 'emergency.raised';
  },
};

/** One of each fact that is welcome in every state: what somebody said, saw, agreed or did, however late. */
export const FACTS: readonly Happening[] = [
  { type: 'call.offered', data: { channel: 'phone', source: 'handler' } },
  { type: 'call.resumed', data: { lastEventAt: 0 } },
  { type: 'call.adapted', data: { channel: 'phone', manner: 'yesNo' } },
  { type: 'note.added', data: { text: 'Crying.' } },
  ...[a.say('S1', 'declined'), a.say('S3', 'yes'), a.say('N5', 'given', { age: '15' })].flatMap(happeningsOf),
  ...[a.planIfWorse, a.safeguarding, a.service('gp'), a.consentIs('refused')].flatMap(happeningsOf),
  ...[a.sayBack, a.task('callBack')].flatMap(happeningsOf),
  { type: 'entry.struck', data: { target: { ...a.NEVER_SENT, seq: 1 }, reason: 'wrong line' } },
];
function happeningsOf(move: a.Move): readonly Happening[] {
  return move.make(EMPTY_VIEW) ?? [];
}
const factsAlways: Property = {
  name: 'there is no state in which a fact cannot be recorded',
  wrong: (node, system) => {
    const refused = FACTS.find((fact) => !node.snapshot.can(nextEvent(node.snapshot, fact)));
    if (refused !== undefined) return refused.type;
    const fact = FACTS[node.id % FACTS.length];
    if (fact === undefined) return undefined;
    const event = nextEvent(node.snapshot, fact);
    const kept = system.take(node.snapshot, event)?.context.picture.byType[fact.type]?.includes(event);
    return kept === true ? undefined : `${fact.type} is not kept`;
  },
};

/** Every pair of kinds of fact meets in many states: the pair goes round with the number of the state. */
const PAIR_EVERY = 4;
const anyOrder: Property = {
  name: 'facts recorded twice or in another order change nothing',
  wrong: (node, system) => {
    if (node.id % PAIR_EVERY !== 0) return undefined;
    const turn = node.id / PAIR_EVERY;
    const first = FACTS[turn % FACTS.length];
    const second = FACTS[Math.floor(turn / FACTS.length) % FACTS.length];
    if (first === undefined || second === undefined) return undefined;
    const { snapshot } = node;
    const one = nextEvent(snapshot, first);
    const two = { ...nextEvent(snapshot, second), seq: one.seq + 1, at: one.at + 1000 };
    const after = (...events: readonly (typeof one)[]): string => {
      const end = events.reduce((at, event) => system.take(at, event) ?? at, snapshot);
      return JSON.stringify([end.value, ordered(end)]);
    };
    const plain = after(one, two);
    if (after(two, one) !== plain) return `${second.type} before ${first.type}`;
    return after(one, two, one, two) === plain ? undefined : `${first.type} and ${second.type} twice`;
  },
};
const ordered = (snapshot: CallSnapshot): unknown => {
  const { byType, count } = snapshot.context.picture;
  return [count, Object.entries(byType).toSorted(([left], [right]) => (left < right ? -1 : 1))];
};

const regionsTell: Property = {
  name: 'each region stands where its events left it',
  wrong: ({ snapshot: { value }, view }, { content }) => {
    if (value.emergency !== view.emergency) return `emergency ${value.emergency}`;
    if ((typeof value.line === 'object') !== view.lost) return `line ${JSON.stringify(value.line)}`;
    if (value.consult !== view.consult) return `consult ${value.consult}`;
    if ((value.conversation === 'closed') !== (view.closed !== undefined)) return 'conversation';
    const safeguarding = view.safeguarding
      ? 'recorded'
      : safeguardingKnown(view, content)
        ? 'due'
        : 'notNeeded';
    return value.safeguarding === safeguarding ? undefined : `safeguarding ${value.safeguarding}`;
  },
};

export const properties: readonly Property[] = [
  ...rules.map(propertyOf),
  emergencyInOne,
  factsAlways,
  anyOrder,
  regionsTell,
];
export const doorProperties: readonly string[] = rules.map(({ name }) => name);
export const propertiesAfterwards: readonly Property[] = afterwards.map(propertyOf);

export interface Violation {
  readonly model: string;
  readonly path: readonly string[];
  readonly what: string;
}
/** A property of a whole graph. */
export interface GraphProperty {
  readonly name: string;
  readonly violation: (graph: Graph) => Violation | undefined;
}

const at = (graph: Graph, node: Node, what: string): Violation => ({
  model: graph.model.name,
  path: pathTo(node),
  what,
});

const ONLY_CHANGES = ['O3', 'N6'];

/** What an unknown opens, every answer to the same question opens too, and so does what was known before. */
const unknownsOpenNothing = (name: string, asked: (question: string) => boolean): GraphProperty => ({
  name,
  violation: (graph) => {
    for (const node of graph.nodes) {
      for (const { move, to } of node.edges) {
        if (move.answers?.unknown !== true) continue;
        const { question } = move.answers;
        if (!asked(question)) continue;
        const held = node.view.answers[question]?.at(-1);
        // Of what a service check rests on, the same unknown again is no change: it opens nothing, and shuts nothing.
        if (ONLY_CHANGES.includes(question) && held !== undefined && unknown(held)) continue;
        const others = node.edges.filter((edge) => edge.move.answers?.question === question);
        const worse = held === undefined ? others : [...others, { to: node }];
        const opened = doors(to).find((door) => worse.some((other) => !other.to.allowed.has(door)));
        if (opened !== undefined) return at(graph, to, `${opened} is open`);
      }
    }
    return undefined;
  },
});
const doors = (node: Node): readonly string[] =>
  [...node.allowed].filter((name) =>
    ['route.chosen', 'handover.sent', 'call.closed'].includes(node.tried.get(name)?.happening.type ?? ''),
  );

/** Backwards from the closed calls; where a part has no close of its own, a person's way out is walked instead. */
const noDeadEnds: GraphProperty = {
  name: 'there are no dead ends: a close can be reached from every state',
  violation: (graph) => {
    const into = new Map<Node, Node[]>();
    for (const node of graph.nodes)
      for (const { to } of node.edges) into.set(to, [...(into.get(to) ?? []), node]);
    const ends = new Set<Node>();
    const reach = (from: Node): void => {
      const queue = [from];
      for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
        if (ends.has(node)) continue;
        ends.add(node);
        queue.push(...(into.get(node) ?? []));
      }
    };
    for (const node of graph.nodes) if (node.view.closed !== undefined) reach(node);
    // Newest first: it is the furthest on, and most others lead to it.
    for (const node of graph.nodes.toReversed()) {
      if (ends.has(node)) continue;
      if (!canBeEnded(graph.system, node)) return at(graph, node, 'cannot be closed from here');
      reach(node);
    }
    return undefined;
  },
};

/** A way out that a careful person would take: the facts and names first, then an ending without a route. */
function canBeEnded(system: System, node: Node): boolean {
  const wayOut: readonly a.Move[] = [
    a.pickUp,
    a.withdraw,
    ...[...CHECK, 'N5', 'K1', 'K2', 'K3'].map((id) =>
      a.where((view) => said(view, id) === undefined, a.say(id, 'couldNotAsk')),
    ),
    a.consult.requested,
    a.consult.decided,
    a.override('G3', 'clinician'),
    a.safeguarding,
    a.sayBack,
    a.planIfWorse,
    a.line.decided,
    a.emergency.stoodDown,
  ];
  let place: Pick<Node, 'snapshot' | 'view'> = node;
  for (const move of wayOut) place = take(system, place, move.make(place.view) ?? []) ?? place;
  return a.everyClose.some((move) => take(system, place, move.make(place.view) ?? []) !== undefined);
}

export const exact: GraphProperty = {
  name: 'the abstraction is exact: two ways to one state find the same doors open',
  violation: ({ model, differing }) => {
    const [first] = differing;
    if (first === undefined) return undefined;
    return { model: model.name, path: first.path, what: `differs from ${pathTo(first.node).join(' → ')}` };
  },
};

export const graphProperties: readonly GraphProperty[] = [
  unknownsOpenNothing(
    'no unknown satisfies a gate: not known opens nothing that any answer keeps shut',
    (question) => question !== 'N5',
  ),
  unknownsOpenNothing(
    'an unknown age opens nothing that a known age keeps shut',
    (question) => question === 'N5',
  ),
  noDeadEnds,
  exact,
];
