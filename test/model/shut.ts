import { isTaken } from '../../shared/call/guards.ts';
import { type Picture } from '../../shared/call/picture.ts';
import { type Content } from '../../shared/content/schema.ts';
import { type CallEvent, type Happening } from '../../shared/events/event.ts';
import { type Door, stopsAt } from '../../shared/gates/doors.ts';
import { type Move } from './alphabet.ts';
import { explore, type Model, type Node, pathTo, take } from './explore.ts';
import { type Violation } from './properties.ts';
import { rules } from './rules.ts';
import { nextEvent, systemOf } from './system.ts';

/** A door that a rule says is shut, in a state of the real machine, and that one gate alone keeps shut there. */
interface Shut {
  readonly rule: string;
  readonly gate: string;
  readonly event: CallEvent;
  readonly picture: Picture;
  readonly node: Node;
  readonly what: string;
  readonly model: string;
}

const known = new WeakMap<Content, Map<string, readonly Shut[]>>();

/**
 * Whether content with one gate weakened opens a door that a rule says is shut. A weaker gate only opens doors, so every
 * state of the real machine is one of the weaker machine too: it is enough to ask its doors there, where this gate
 * alone kept them shut. Nothing found proves nothing: then the weaker machine is walked itself.
 */
export function opensBy(
  gate: string,
  weaker: Content,
  real: Content,
  models: readonly Model[],
): (Violation & { readonly property: string }) | undefined {
  for (const model of models) {
    const found = shutIn(model, real).find(
      (shut) => shut.gate === gate && isTaken(shut.event, shut.picture, weaker),
    );
    if (found !== undefined)
      return { property: found.rule, model: found.model, path: pathTo(found.node), what: found.what };
  }
  return undefined;
}

function shutIn(model: Model, content: Content): readonly Shut[] {
  const byModel = known.get(content) ?? new Map<string, readonly Shut[]>();
  known.set(content, byModel);
  const before = byModel.get(model.name);
  if (before !== undefined) return before;
  const system = systemOf(content);
  const found: Shut[] = [];
  const moves = new Map([...model.moves, ...model.probes].map((move) => [move.name, move]));
  explore(
    system,
    model,
    (node) => {
      for (const [name, { happening, view }] of node.tried) {
        const door = node.allowed.has(name) ? undefined : doorOf(happening);
        if (door === undefined) continue;
        const rule = rules.find((each) => each.forbids(happening, view, content, node));
        const at = rule && placeBefore(moves.get(name), node);
        if (rule === undefined || at === undefined) continue;
        const { picture } = at.snapshot.context;
        const gates = new Set(stopsAt(door, picture, content).map((stop) => stop.gate.id));
        const [gate] = gates;
        if (gates.size !== 1 || gate === undefined) continue;
        const event = nextEvent(at.snapshot, happening);
        found.push({ rule: rule.name, gate, event, picture, node, what: name, model: model.name });
      }
      return false;
    },
    Infinity,
  );
  byModel.set(model.name, found);
  return found;

  function placeBefore(move: Move | undefined, node: Node): Pick<Node, 'snapshot'> | undefined {
    return take(system, node, (move?.make(node.view) ?? []).slice(0, -1));
  }
}

function doorOf(happening: Happening): Door | undefined {
  if (happening.type === 'route.chosen') return { door: 'route', ...happening.data };
  if (happening.type === 'handover.sent') return { door: 'handOver' };
  if (happening.type === 'call.closed') return { door: 'close', outcome: happening.data.outcome };
  return undefined;
}
