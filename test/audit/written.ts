import { fieldOf, mannerNow } from '../../shared/call/facts.ts';
import { eventsOf, lastOf, type Picture } from '../../shared/call/picture.ts';
import { startCall, step } from '../../shared/call/replay.ts';
import { type CallSnapshot } from '../../shared/call/machine.ts';
import { content, answered, callOn, offered } from '../support/call-builder.ts';
import { readWritten } from '../support/played-call.ts';
import { happeningOf, type Step, stepsUntil } from '../simulate/script.ts';

/** One written call, or another right ending of it, with the callers of the table it is and the ending it came to. */
export interface Written {
  readonly name: string;
  readonly callers: readonly string[];
  readonly ending: string;
}

/** Calls whose kind is in their story and in no field. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  repeat: ['jean'],
  physical: ['carol', 'maya', 'nadia', 'bryn'],
};

/** Every written call and each of its other right endings, played through the real machine. */
export function writtenCalls(): readonly Written[] {
  return readWritten().flatMap(({ name, script }) => {
    const whole = [{ name, steps: script.steps }];
    const others = (script.alsoAcceptable ?? []).map(({ title, after, steps }) => ({
      name: `${name}: ${title}`,
      steps: [...(stepsUntil(script, after) ?? []), ...steps],
    }));
    return [...whole, ...others].map((call) => {
      const { picture } = played(call.steps).context;
      return { name: call.name, callers: callersOf(picture, name), ending: endingOf(picture) };
    });
  });
}

function played(steps: readonly Step[]): CallSnapshot {
  const make = callOn();
  return [{ record: offered }, { record: answered }, ...steps].reduce((snapshot, item) => {
    if ('hub' in item) return snapshot;
    const happening = happeningOf(item, lastOf(snapshot.context.picture, 'handover.sent'));
    return step(snapshot, make(happening), content).snapshot;
  }, startCall(content));
}

function callersOf(picture: Picture, name: string): readonly string[] {
  const who = fieldOf(picture, 'O1', 'who') ?? 'self';
  const age = Number(fieldOf(picture, 'N5', 'age') ?? Number.NaN);
  const { channel } = mannerNow(picture);
  const manners = new Set(eventsOf(picture, 'call.adapted').map(({ data }) => data.manner));
  const is = (question: string, state: string): boolean =>
    eventsOf(picture, 'answer.recorded').some(
      ({ data }) => data.question === question && data.state === state,
    );
  const kinds: Readonly<Record<string, boolean>> = {
    [who]: !(age < 18),
    age11: age < 13,
    age14: age >= 13 && age < 16,
    age17: age >= 16 && age < 18,
    [channel]: channel !== 'phone',
    silent: manners.has('silent'),
    overheard: manners.has('yesNo'),
    givesNothing: is('O3', 'declined') && is('N5', 'declined'),
    outOfArea: fieldOf(picture, 'N6', 'area') === 'no',
    ...Object.fromEntries(Object.entries(BY_NAME).map(([kind, names]) => [kind, names.includes(name)])),
  };
  return Object.keys(kinds).filter((kind) => kinds[kind] === true);
}

function endingOf(picture: Picture): string {
  const outcome = lastOf(picture, 'call.closed')?.data.outcome;
  if (outcome === '06') return 'emergency999';
  if (outcome === '01') return 'lost';
  const last = [...eventsOf(picture, 'route.chosen'), ...eventsOf(picture, 'route.withdrawn')]
    .toSorted((a, b) => a.seq - b.seq)
    .at(-1);
  return last?.type === 'route.chosen' ? last.data.route : 'noRoute';
}
