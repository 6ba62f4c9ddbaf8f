import * as a from './alphabet.ts';

const { say } = a;

const roles = ['adviser', 'supervisor', 'host at The Anchor'];
export const overridable = (gate: string): readonly a.Move[] =>
  ['clinician', ...roles].flatMap((role) => [a.override(gate, role), a.overrideReread(gate, role)]);

export const agreed = (gate: string): readonly a.Move[] =>
  ['clinician', ...roles].map((role) => a.override(gate, role));

/** S1 with each combination of what the gates read of it. Today and in the week are one to every gate. */
export function s1Classes(
  fields: Readonly<Record<string, readonly (string | undefined)[]>>,
): readonly a.Move[] {
  const combine = (left: [string, readonly (string | undefined)[]][]): Record<string, string>[] => {
    const [head, ...tail] = left;
    if (head === undefined) return [{}];
    const [id, values] = head;
    return combine(tail).flatMap((rest) =>
      values.map((value) => (value === undefined ? rest : { [id]: value, ...rest })),
    );
  };
  return [
    say('S1', 'no'),
    say('S1', 'declined'),
    ...combine(Object.entries(fields)).map((values) => say('S1', 'yes', values)),
    say('S1', 'couldNotAsk', { kind: 'injury', when: 'earlier', needsCare: 'no' }),
  ];
}

/** A choice offered while none was made, where going from one to another is not what the model is about. */
export const once = (move: a.Move): a.Move => a.where((view) => view.lastChosen === undefined, move);
export function chosenOnce(name: string): a.Move {
  const [route = '', urgency = ''] = name.split(' ');
  return once(a.pick(route, urgency as '3'));
}
/** Choices with all that their endings ask for beside the gates on facts: said back, sent, chased. */
export const whole = (names: readonly string[]): readonly a.Move[] =>
  names.map((name) => {
    const chosen = chosenOnce(name);
    const [route = ''] = name.split(' ');
    if (route === 'adviceOnly') return a.together(chosen, a.sayBack);
    return a.together(chosen, a.send(route), a.task('chaseHandover'), a.sayBack);
  });

/** A bound on how many unstruck answers lie under one another. */
export function atDepth(most: number, move: a.Move): a.Move {
  const question = move.answers?.question ?? '';
  return {
    ...move,
    make: (view) => ((view.answers[question]?.length ?? 0) < most ? move.make(view) : undefined),
  };
}

/** A bound on how many answers are unknown at once: the gate asks for "any", so that one at a time shows each. */
export function atMost(most: number, move: a.Move): a.Move {
  return {
    ...move,
    make: (view) => {
      const unknowns = Object.values(view.answers).filter((list) => list.at(-1)?.state === 'couldNotAsk');
      return unknowns.length < most ? move.make(view) : undefined;
    },
  };
}

const overridden = ['G3', 'G7'].map((gate) => a.override(gate, 'clinician'));
/** What else an unknown in the check needs, so that only the look at it is missing. */
export const signedFor: Readonly<Record<string, readonly a.Move[]>> = {
  S1: overridden,
  S2: overridden,
  S5: [a.safeguarding],
  S7: [a.safeguarding],
};

/** Every way an age can be known, and two in which it is not. */
export const ages = [
  ...['34', '17', '18', '15', '16'].map((age) => say('N5', 'given', { age })),
  ...['under13', 'from16to17', 'from18to64', 'from65'].map((ageBand) => say('N5', 'given', { ageBand })),
  say('N5', 'declined'),
  say('N5', 'given', { name: 'Maya' }),
];
