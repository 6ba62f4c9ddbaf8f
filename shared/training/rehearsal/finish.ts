import { answerTo, lineIsLost } from '../../call/facts.ts';
import { lastOf } from '../../call/picture.ts';
import { type Content, type Question } from '../../content/schema.ts';
import { type Happening } from '../../events/event.ts';
import { type NamedPerson, NO_ROUTE, type Stage } from '../../events/vocabulary.ts';
import { type Door, stopsAt } from '../../gates/doors.ts';
import { isAsked } from '../../gates/asked.ts';
import { type Ending } from '../script/assessment.ts';
import { type Asking } from '../caller/entries.ts';
import { type RehearsalDesk } from './desk.ts';

const CLINICIAN = 'Dr Ash Vale';

/** Questions that the content asks in this call now and that nobody has put yet, in its order. */
export function openQuestions(desk: RehearsalDesk): readonly Question[] {
  const { content } = desk.options;
  return content.questions.filter(
    (question) =>
      (question.kind === 'yesNo' || question.kind === 'value') &&
      answerTo(desk.picture, question.id) === undefined &&
      isAsked(question, desk.picture, content),
  );
}

/** Puts every question that is asked in this call; answers can bring more. Ends: each is put once. */
export function askAll(desk: RehearsalDesk, how: Asking | undefined): void {
  let stage: Stage = 'opening';
  for (let [next] = openQuestions(desk); next !== undefined; [next] = openQuestions(desk)) {
    if (next.stage !== stage) desk.record({ type: 'stage.entered', data: { stage: next.stage } });
    stage = next.stage;
    if (!desk.ask(next.id, how)) return;
    desk.ringBack();
  }
}

/**
 * The careful way to an ending, from wherever the call is: every question, a clinician, the place, the person’s word, the
 * plan, the hand-over, the close. What the machine refuses on the way stays in the desk’s list; the answer is whether the
 * call closed.
 */
export function finish(
  desk: RehearsalDesk,
  ending: Ending,
  how: Asking | undefined,
  receiver: 'takes' | 'declines' = 'takes',
): boolean {
  const { content } = desk.options;
  askAll(desk, how);
  const route = ending.route === undefined ? undefined : content.route(ending.route);
  const id = route?.id ?? NO_ROUTE;
  const clinician: NamedPerson = {
    name: CLINICIAN,
    role: content.signatures['consult.decided'][0] ?? 'clinician',
  };
  desk.record({ type: 'consult.requested', data: {} });
  desk.listen();
  desk.record({
    type: 'consult.decided',
    data: { clinician, decision: `Agreed: ${route?.title ?? 'no route'}.`, agreed: [id] },
  });
  if (ending.emergency === true || route?.id === EMERGENCY_ROUTE) tellEmergency(desk);
  if (route !== undefined) choose(desk, ending, route);
  for (const happening of closingSteps(clinician)) desk.record(happening);
  if (route?.handOver === true && lastOf(desk.picture, 'handover.acknowledged') === undefined) {
    desk.record({
      type: 'handover.sent',
      data: { route: route.id, to: placeOf(desk, route.id), how: 'phone' },
    });
    desk.wait(20_000);
    const by = 'Duty desk';
    desk.answerHandover((handover) =>
      receiver === 'takes'
        ? { type: 'handover.acknowledged', data: { handover, by, reference: 'TR-1' } }
        : { type: 'handover.declined', data: { handover, by, reason: 'No room tonight.' } },
    );
    if (receiver === 'declines') return false;
  }
  if (lineIsLost(desk.picture))
    desk.record({ type: 'callBack.decided', data: { by: clinician, decision: 'Decided by telephone.' } });
  desk.record({ type: 'stage.entered', data: { stage: 'close' } });
  return desk.record({ type: 'call.closed', data: { outcome: ending.outcome } });
}

/** The route that the emergency key stands for. */
const EMERGENCY_ROUTE = 'emergency999';

function tellEmergency(desk: RehearsalDesk): void {
  if (lastOf(desk.picture, 'emergency.raised') === undefined)
    desk.record({ type: 'emergency.raised', data: {} });
  desk.wait(20_000);
  if (lastOf(desk.picture, 'emergency.handedOver') === undefined)
    desk.record({ type: 'emergency.handedOver', data: { reference: 'TR-999' } });
  desk.record({ type: 'emergency.contactConfirmed', data: { by: 'Ambulance control' } });
}

function choose(desk: RehearsalDesk, ending: Ending, route: Content['routes'][number]): void {
  desk.record({ type: 'stage.entered', data: { stage: 'options' } });
  if (route.service)
    desk.record({
      type: 'service.checked',
      data: {
        route: route.id,
        name: placeOf(desk, route.id),
        fits: { age: 'yes', area: 'yes', hours: 'yes', medical: 'yes' },
        checkedHow: 'rang them',
      },
    });
  const urgency = ending.urgency ?? route.urgencies[0] ?? '3';
  sign(desk, { door: 'route', route: route.id, urgency });
  desk.record({ type: 'route.chosen', data: { route: route.id, urgency } });
  desk.record({ type: 'consent.recorded', data: { state: 'agreed' } });
}

/** A clinician signs what the content lets a clinician sign. */
function sign(desk: RehearsalDesk, door: Door): void {
  const { content } = desk.options;
  const role = content.signatures['consult.decided'][0] ?? 'clinician';
  const gates = new Set(stopsAt(door, desk.picture, content).map(({ gate }) => gate.id));
  for (const gate of gates)
    if (content.gate(gate)?.override?.roles.includes(role) === true)
      desk.record({
        type: 'gate.overridden',
        data: { gate, by: { name: CLINICIAN, role }, reason: 'Signed by telephone.', reread: true },
      });
}

const placeOf = (desk: RehearsalDesk, route: string): string =>
  desk.options.script.localServices?.find((item) => item.route === route)?.name ?? 'Duty desk';

const closingSteps = (by: NamedPerson): readonly Happening[] => [
  { type: 'plan.recorded', data: { heading: 'until', text: 'Stays with somebody until then.' } },
  { type: 'plan.recorded', data: { heading: 'ifWorse', text: 'Rings 111 again, or 999.' } },
  {
    type: 'safeguarding.recorded',
    data: { about: 'Everybody there', concern: 'notKnown', action: 'Told the duty desk.', by },
  },
  { type: 'sayBack.recorded', data: { done: true, words: 'Said back what happens next.' } },
];
