import { conversationOf, startCall, step } from '../../shared/call/replay.ts';
import { lastOf, refOf } from '../../shared/call/picture.ts';
import { type CallSnapshot } from '../../shared/call/machine.ts';
import { type Content } from '../../shared/content/schema.ts';
import { type Happening } from '../../shared/events/event.ts';
import { answered, callOn, clinician, consulted } from '../support/call-builder.ts';
import { type Caller } from './callers.ts';
import { type AuditStep, type Ending, TAKEN } from './endings.ts';

/** How a pair came out: closed with its codes, or refused at some step in these words. */
export type Walked = { readonly closed: string; readonly urgency?: string } | { readonly refused: string };

/** Every name that content lets somebody put against a gate, each after the facts it is about. */
const NAMES: readonly Happening[] = [
  ...['G3', 'G7', 'L14'].map((gate): Happening => ({
    type: 'gate.overridden',
    data: { gate, by: clinician, reason: 'Heard all of it; decided with the crew and the person.' },
  })),
  ...consulted,
  { type: 'callBack.decided', data: { by: clinician, decision: 'Police asked to look; nobody rings.' } },
];
const AFTER: Readonly<Record<string, readonly Happening[]>> = {
  'service.checked': [
    {
      type: 'gate.overridden',
      data: { gate: 'G6', by: { name: 'Lou Reid', role: 'shift lead there' }, reason: 'Will take them.' },
    },
    {
      type: 'gate.overridden',
      data: { gate: 'L17', by: { name: 'Lou Reid', role: 'shift lead there' }, reason: 'Will meet them.' },
    },
  ],
  'consent.recorded': [
    { type: 'consent.overridden', data: { ground: 'danger', by: clinician, reason: 'Danger to life.' } },
  ],
};

/** Takes one caller to one ending through the real machine. `named`: with every decision by name that there is. */
export function walk(
  content: Content,
  caller: Caller,
  ending: Ending,
  code: Ending['codes'][number],
  named: boolean,
): Walked {
  const make = callOn();
  let snapshot = startCall(content);
  const begun: readonly Happening[] = [
    { type: 'call.offered', data: { channel: caller.channel, source: 'handler' } },
    answered,
    ...(caller.manner === undefined
      ? []
      : [{ type: 'call.adapted', data: { channel: caller.channel, manner: caller.manner } } as const]),
    ...caller.opening,
    ...(ending.atOnce === true ? [] : caller.known),
    ...(named ? NAMES : []),
  ];
  for (const item of [...begun, ...ending.steps(caller, code)]) {
    for (const happening of [
      happeningOf(item, snapshot),
      ...(named && item !== TAKEN ? (AFTER[item.type] ?? []) : []),
    ]) {
      const next = step(snapshot, make(happening), content);
      if (!next.allowed) return { refused: next.why };
      snapshot = next.snapshot;
    }
  }
  if (conversationOf(snapshot) !== 'closed') return { refused: 'still open' };
  const { picture } = snapshot.context;
  const urgency = lastOf(picture, 'route.chosen')?.data.urgency;
  return {
    closed: lastOf(picture, 'call.closed')?.data.outcome ?? '',
    ...(urgency === undefined ? {} : { urgency }),
  };
}

function happeningOf(item: AuditStep, snapshot: CallSnapshot): Happening {
  if (item !== TAKEN) return item;
  const sent = lastOf(snapshot.context.picture, 'handover.sent');
  if (sent === undefined) throw new Error('nothing was sent');
  return { type: 'handover.acknowledged', data: { handover: refOf(sent), by: 'Lee, duty nurse' } };
}
