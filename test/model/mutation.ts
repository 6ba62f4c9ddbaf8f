import { type Content } from '../../shared/content/schema.ts';
import { caughtBy } from './check.ts';
import { type Model } from './explore.ts';
import { modelsOf } from './models.ts';
import { type Mutant } from './mutants.ts';
import { doorProperties, type Violation } from './properties.ts';
import { opensBy } from './shut.ts';

export interface Fate {
  readonly mutant: string;
  readonly caught?: Violation & { readonly property: string };
  /** Why no state can tell it from the real one. */
  readonly equivalent?: string;
}

/** Runs one mutant until a trusted property fails; the models that turn on its gate come first. */
export function fateOf(mutant: Mutant, content: Content, trusted: ReadonlySet<string>): Fate {
  const { name } = mutant;
  const equivalent = EQUIVALENT.find((item) => item.name.test(name))?.because;
  const { home, rest } = modelsFor(mutant, content);
  const { gate, changed } = mutant;
  const opened = gate && changed && opensBy(gate, changed, content, home);
  if (opened) return { mutant: name, caught: opened };
  if (changed && equivalent !== undefined) return { mutant: name, equivalent };
  const system = mutant.system();
  // A weaker gate only opens doors: the properties of doors are the ones to ask.
  const asked =
    mutant.gate === undefined ? trusted : new Set(doorProperties.filter((each) => trusted.has(each)));
  const caught = caughtBy(system, home, asked);
  if (caught !== undefined) return { mutant: name, caught };
  if (equivalent !== undefined) return { mutant: name, equivalent };
  const late = caughtBy(system, rest, asked);
  return late === undefined ? { mutant: name } : { mutant: name, caught: late };
}

/** Where each check's door is tried with everything it reads. A mutant not caught there goes on to the rest. */
const HOME: Readonly<Record<string, readonly string[]>> = {
  'G1.0': ['short form', 'safety check', 'harm unasked'],
  'G1.1': ['harm unasked', 'short form', 'safety check'],
  'G1.2': ['short form'],
  'G1.3': ['unknowns', 'cut short'],
  'G1.4': ['short form', 'safety check', 'cut short'],
  G3: ['harm', 'second thoughts', 'cut short'],
  G4: ['intent', 'clinician on routes', 'cut short'],
  G5: ['child endings', 'children heard', 'children'],
  G6: ['service'],
  G7: ['recent harm'],
  'G8.2': ['lost after a choice', 'cut short'],
  G8: ['custody', 'endings', 'cut short'],
  'G9.1': ['agreement taken back'],
  G9: ['consent'],
  L1: ['silence'],
  L2: ['silence'],
  L3: ['silence', 'custody', 'endings'],
  L4: ['silence', 'endings', 'cut short'],
  L5: ['endings', 'cut short'],
  L6: ['slower'],
  L7: ['silence'],
  L8: ['waiting', 'clinician on routes', 'cut short'],
  L9: ['waiting', 'clinician on routes'],
  'route.chosen': ['short form'],
  'handover.sent': ['consent'],
  'handover.acknowledged': ['custody'],
  'handover.declined': ['custody'],
  'handover.chased': ['custody'],
  'call.reopened': ['taken up again'],
  'call.fromPaper': ['from paper'],
  'entry.timed': ['from paper'],
  'gate.overridden': ['slower'],
  'consult.decided': ['clinician on routes'],
  'callBack.decided': ['silence'],
  'consent.overridden': ['consent'],
  'call.closed': ['silence'],
  safeguardingIsDue: ['children'],
  L10: ['clinician on routes', 'cut short'],
  L11: ['weeks'],
  L12: ['after the reference'],
  'G6.1': ['looked at again'],
  'G6.2': ['looked at again'],
  L14: ['fear'],
  L16: ['another looked at'],
  L15: ['both'],
  L13: ['after the reference'],
  L17: ['nowhere to come to'],
  L18: ['until they come'],
  S1: ['recent harm', 'harm unasked', 'harm'],
  S2: ['harm unasked', 'harm'],
  S3: ['waiting', 'intent'],
  S4a: ['intent'],
  S4b: ['intent'],
  S5: ['children'],
  S7: ['fear'],
  S8: ['waiting'],
  N5: ['children', 'children heard'],
};
const SMALL = [
  'stages',
  'clinician on routes',
  'short form',
  'slower',
  'silence',
  'recent harm',
  'custody',
  'consent',
  'children',
];

function modelsFor(
  { gate = '', name }: Mutant,
  content: Content,
): { readonly home: readonly Model[]; readonly rest: readonly Model[] } {
  const words = name.split(/[ :]/);
  const home =
    HOME[words[0] ?? ''] ?? HOME[gate] ?? HOME[words.at(-1) ?? ''] ?? HOME[words[1] ?? ''] ?? SMALL;
  const models = modelsOf(content);
  const place = (model: Model): number => home.findIndex((word) => model.name.startsWith(word));
  const last = (model: Model): number => LARGE.indexOf(model.name);
  return {
    home: models.filter((model) => place(model) >= 0).toSorted((left, right) => place(left) - place(right)),
    rest: models.filter((model) => place(model) < 0).toSorted((left, right) => last(left) - last(right)),
  };
}
/** Last, and in this order. */
const LARGE = ['unknowns', 'endings', 'cut short', 'regions'];

/** Mutants that cannot differ from the real system, each with its proof. */
const EQUIVALENT: readonly { readonly name: RegExp; readonly because: string }[] = [
  {
    name: /^(G1\.4|G3\.1|G4\.1|L8\.0) close: outcome 01,06 0[2-5] too/,
    because: 'these outcomes belong to a chosen route (L4), and with one this check passes already',
  },
  {
    name: /^G1\.4 close: answered S[13] always/,
    because: 'L8 asks for the same answer at the same door, with the same exceptions',
  },
  {
    name: /^G8\.0 close: chosen .* otherLine too/,
    because:
      'of the other line G8.1 asks for an acknowledgement, which is more than this check does; lost (01) it is G8.2',
  },
  {
    name: /^G8\.0 close: outcome 01,06 02 too/,
    because: '02 belongs to advice alone (L4), which is handed to nobody and passes already',
  },
  {
    name: /^L15\.0 close: outcome 01,06 (02|98) too/,
    because:
      'the care team and a crisis alternative end in 03, 04 or 05 (L4): these outcomes are refused there',
  },
  {
    name: /^G9\.1 close: outcome 01,06 02 too/,
    because: '02 belongs to advice alone (L4), which is handed to nobody and passes already',
  },
  {
    name: /^L18\.0 close: outcome 01,06 (0[234]|98) too/,
    because: 'a visit ends in 05 (L4): with these outcomes the route is none and passes already',
  },
  {
    name: /^G8\.1 close: outcome 01,06 0[235] too/,
    because: 'the other line ends in 04 or 98 (L4): with these outcomes the route is not the other line',
  },
];
