import { type CallEvent, type HappeningType } from '../../events/event.ts';
import { type Moment, type RecordedName } from '../script/moment.ts';

/** What has happened, by key: the call's time in milliseconds at which it first did. */
export type Seen = Readonly<Record<string, number>>;

const RECORDED = {
  'emergency.raised': 'emergency',
  'emergency.handedOver': 'emergencyReference',
  'emergency.contactConfirmed': 'emergencyContact',
  'emergency.refused': 'emergencyRefused',
  'emergency.stoodDown': 'emergencyStoodDown',
  'consult.requested': 'consultRequested',
  'consult.decided': 'consultDecided',
  'service.checked': 'serviceChecked',
  'route.chosen': 'routeChosen',
  'route.withdrawn': 'routeWithdrawn',
  'consent.recorded': 'consent',
  'consent.overridden': 'consentOverridden',
  'plan.recorded': 'plan',
  'sayBack.recorded': 'sayBack',
  'safeguarding.recorded': 'safeguarding',
  'note.added': 'note',
  'call.adapted': 'adapted',
  'handover.sent': 'handoverSent',
  'handover.acknowledged': 'handoverAcknowledged',
  'handover.declined': 'handoverDeclined',
  'handover.chased': 'handoverChased',
  'task.opened': 'task',
  'line.held': 'held',
  'line.resumed': 'resumed',
  'line.dropped': 'lineDropped',
  'callBack.attempted': 'callBackTried',
  'callBack.reached': 'callBackReached',
  'callBack.decided': 'callBackDecided',
  'call.closed': 'closed',
} as const satisfies Partial<Record<HappeningType, RecordedName>>;

const isRecorded = (type: HappeningType): type is keyof typeof RECORDED => type in RECORDED;
const IF_WORSE: RecordedName = 'planIfWorse';

/** The moments that one event of the call's log brings about, as keys. */
export function keysOf(event: CallEvent): readonly string[] {
  const keys = isRecorded(event.type) ? [`recorded:${RECORDED[event.type]}`] : [];
  switch (event.type) {
    case 'answer.recorded': {
      const { question, state } = event.data;
      // Not being able to ask is not asking.
      const asked = state === 'couldNotAsk' ? [] : [`asked:${question}`];
      return [...keys, ...asked, `answer:${question}:${state}`];
    }
    case 'stage.entered':
      return [...keys, `stage:${event.data.stage}`];
    case 'route.chosen':
      return [...keys, `route:${event.data.route}`];
    case 'call.closed':
      return [...keys, `outcome:${event.data.outcome}`];
    case 'plan.recorded':
      return event.data.heading === 'ifWorse' ? [...keys, `recorded:${IF_WORSE}`] : keys;
    default:
      return keys;
  }
}

/** The keys of a moment, any of which will do. A time of the clock and a quiet have none. */
export function keysOfMoment(moment: Moment): readonly string[] {
  const { answer, asked, stage, recorded, route, outcome, said, happened } = moment;
  if (answer !== undefined) return answer.is.map((state) => `answer:${answer.to}:${state}`);
  const named = { asked, stage, recorded, route, outcome, said, happened };
  return Object.entries(named).flatMap(([kind, id]) => (id === undefined ? [] : [`${kind}:${id}`]));
}

/** When a moment that has keys first happened; nothing while it has not. */
export function firstSeen(moment: Moment, seen: Seen): number | undefined {
  const times = keysOfMoment(moment)
    .map((key) => seen[key])
    .filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

export function withSeen(seen: Seen, keys: readonly string[], callMs: number): Seen {
  const fresh = keys.filter((key) => seen[key] === undefined);
  return fresh.length === 0 ? seen : { ...seen, ...Object.fromEntries(fresh.map((key) => [key, callMs])) };
}
