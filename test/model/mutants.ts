import { isTaken } from '../../shared/call/guards.ts';
import { type Picture } from '../../shared/call/picture.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { type Content, type Gate } from '../../shared/content/schema.ts';
import { type CallEvent } from '../../shared/events/event.ts';
import { type Door, stopsAt } from '../../shared/gates/doors.ts';
import { walk } from '../../shared/gates/condition.ts';
import { type System, systemOf, systemWith } from './system.ts';
import { weakenings, withCheck, withGate } from './weaken.ts';

/** The system made weaker in one place. */
export interface Mutant {
  readonly name: string;
  /** The gate it is about; none for a guard of the machine. */
  readonly gate?: string;
  /** The weakened content, where that is all that is weaker. */
  readonly changed?: Content;
  readonly system: () => System;
}

/** Every weakening of every gate's content, each once. */
export function contentMutants(content: Content): readonly Mutant[] {
  const seen = new Set<string>();
  return content.gates
    .flatMap((gate) => [...ofChecks(gate, content), ...ofOverride(gate, content)])
    .filter(({ changed }) => {
      const text = canonicalJson(JSON.parse(JSON.stringify(changed.gates)));
      const isNew = !seen.has(text);
      seen.add(text);
      return isNew;
    })
    .map(({ name, gate, changed }) => ({ name, gate, changed, system: () => systemOf(changed) }));
}

interface Change {
  readonly name: string;
  readonly gate: string;
  readonly changed: Content;
}

function* ofChecks(gate: Gate, content: Content): Generator<Change> {
  for (const [at, check] of gate.checks.entries()) {
    const place = `${gate.id}.${at} ${check.at.door}`;
    const change = (what: string, changed: Content): Change => ({
      name: `${place}: ${what}`,
      gate: gate.id,
      changed,
    });
    yield change('check removed', withCheck(content, gate.id, at, undefined));
    for (const { what, condition } of weakenings(check.passIf, content))
      yield change(what, withCheck(content, gate.id, at, { ...check, passIf: condition }));
    if (check.at.door !== 'route') continue;
    const { routes } = check.at;
    for (const gone of routes) {
      const left = { ...check, at: { ...check.at, routes: routes.filter((id) => id !== gone) } };
      yield change(`does not guard ${gone}`, withCheck(content, gate.id, at, left));
    }
  }
}

function* ofOverride(gate: Gate, content: Content): Generator<Change> {
  const override = gate.override ?? { roles: [], say: 'By anybody.', reread: false };
  if (!override.roles.includes('anybody named')) {
    const roles = [...override.roles, 'adviser'];
    const changed = withGate(content, gate.id, (old) => ({ ...old, override: { ...override, roles } }));
    yield { name: `${gate.id}: an adviser may override`, gate: gate.id, changed };
  }
  if (override.reread) {
    const changed = withGate(content, gate.id, (old) => ({
      ...old,
      override: { ...override, reread: false },
    }));
    yield { name: `${gate.id}: not read again`, gate: gate.id, changed };
  }
}

/** Parts whose truth can be unknown. */
const UNCERTAIN = ['answer', 'field', 'ageUnder', 'consent', 'serviceFits'];

/** For each gate that can be unknown: a machine that takes its unknown for true. */
export function unknownMutants(content: Content): readonly Mutant[] {
  return content.gates
    .filter(({ checks }) =>
      checks.some(({ passIf }) => [...walk(passIf)].some((part) => UNCERTAIN.some((name) => name in part))),
    )
    .map(({ id }) => ({
      name: `${id}: unknown taken for true`,
      gate: id,
      system: () => {
        const open = (door: Door, picture: Picture): boolean =>
          stopsAt(door, picture, content).every(
            ({ gate, verdict }) => gate.id === id && verdict === 'unknown',
          );
        return systemWith(content, {
          isTaken: ({ context: { picture }, event }) => {
            if (isTaken(event, picture, content)) return true;
            if (event.type === 'route.chosen') return open({ door: 'route', ...event.data }, picture);
            if (event.type === 'handover.sent') return open({ door: 'handOver' }, picture);
            return (
              event.type === 'call.closed' && open({ door: 'close', outcome: event.data.outcome }, picture)
            );
          },
        });
      },
    }));
}

const GUARDS = ['isOpen', 'isTaken', 'routeIsChosen', 'stageIsReachable', 'safeguardingIsDue'] as const;
const DOORS = [
  'route.chosen',
  'handover.sent',
  'handover.acknowledged',
  'handover.declined',
  'handover.chased',
  'call.reopened',
  'call.fromPaper',
  'entry.timed',
  'call.closed',
  'gate.overridden',
  'consult.decided',
  'callBack.decided',
  'consent.overridden',
] as const satisfies readonly CallEvent['type'][];

/** Each named guard of the machine answering always yes, and those that let people act answering always no. */
export function guardMutants(content: Content): readonly Mutant[] {
  const always = (name: (typeof GUARDS)[number], answer: boolean): Mutant => ({
    name: `guard ${name} always ${answer ? 'yes' : 'no'}`,
    system: () => systemWith(content, { [name]: () => answer }),
  });
  return [
    ...GUARDS.map((name) => always(name, true)),
    ...(['isOpen', 'isTaken', 'safeguardingIsDue'] as const).map((name) => always(name, false)),
    ...DOORS.map((type) => ({
      name: `guard isTaken always yes for ${type}`,
      system: () =>
        systemWith(content, {
          isTaken: ({ context, event }) => event.type === type || isTaken(event, context.picture, content),
        }),
    })),
    {
      name: 'guard stageIsReachable asks for no route',
      system: () =>
        systemWith(content, {
          stageIsReachable: ({ event }, params: { stage: string }) =>
            event.type === 'stage.entered' && event.data.stage === params.stage,
        }),
    },
  ];
}

/** Each signature given to anybody who answers calls; a clinician's decision that need not say on what. */
export const signatureMutants = (content: Content): readonly Mutant[] => [
  {
    name: 'consult.decided: words only',
    system: () => systemOf({ ...content, consult: { ...content.consult, namesRoutes: false } }),
  },
  ...(['consult.decided', 'callBack.decided', 'consent.overridden'] as const).map((type) => ({
    name: `${type}: an adviser may sign`,
    system: () =>
      systemOf({
        ...content,
        signatures: { ...content.signatures, [type]: [...content.signatures[type], 'adviser'] },
      }),
  })),
];

/** Content in which something that was said once does not stay said (H67), each yes, detail and age by itself. */
export const forgettingMutants = (content: Content): readonly Mutant[] =>
  content.staysSaid.flatMap(({ of, yes, fields = {}, age }) => {
    const rest = content.staysSaid.filter((item) => item.of !== of);
    const mutant = (what: string, staysSaid: Content['staysSaid']): Mutant => {
      const changed = { ...content, staysSaid };
      return { name: `${of} said once: ${what}`, changed, system: () => systemOf(changed) };
    };
    return [
      ...(yes === true ? [mutant('a later no undoes the yes', [...rest, { of, fields }])] : []),
      ...(age === true ? [mutant('a later age undoes the age', rest)] : []),
      ...Object.entries(fields).flatMap(([field, values]) =>
        values.map((value) => {
          const left = { ...fields, [field]: values.filter((code) => code !== value) };
          return mutant(`a later answer undoes ${field} ${value}`, [
            ...rest,
            { of, ...(yes === undefined ? {} : { yes }), fields: left },
          ]);
        }),
      ),
    ];
  });

/** All of them, guards first. */
export const mutantsOf = (content: Content): readonly Mutant[] => [
  ...guardMutants(content),
  ...signatureMutants(content),
  ...unknownMutants(content),
  ...forgettingMutants(content),
  ...contentMutants(content),
];
