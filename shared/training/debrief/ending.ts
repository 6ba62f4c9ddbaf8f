import { answersTo, answerTo, chosenRoute, closingOf, handoverNow, isUnknown } from '../../call/facts.ts';
import { lastOf, type Picture } from '../../call/picture.ts';
import { type Content } from '../../content/schema.ts';
import { type Ending } from '../script/assessment.ts';
import { type TrainingScript } from '../script/schema.ts';
import { type EndingResult, type HandoverItem } from './debrief-types.ts';

/** The ending against the script's set. A call that was never closed is open: no ending yet. */
export function endingOf({ endings }: TrainingScript, picture: Picture, content: Content): EndingResult {
  const closing = closingOf(picture);
  const route = chosenRoute(picture)?.data;
  const emergency = lastOf(picture, 'emergency.handedOver') !== undefined;
  const { expected, acceptable = [] } = endings;
  const fitsOne = (ending: Ending): boolean => fits(ending, picture, emergency);
  const match = expected.find(fitsOne) ?? acceptable.find(fitsOne);
  return {
    fits:
      closing === undefined
        ? 'open'
        : match === undefined
          ? 'neither'
          : expected.includes(match)
            ? 'expected'
            : 'acceptable',
    ...(route === undefined ? {} : { route: route.route, urgency: route.urgency }),
    ...(closing === undefined ? {} : { outcome: closing.data.outcome }),
    emergency,
    ...(match === undefined || closing === undefined ? {} : { because: match.because }),
    set: [...expected, ...acceptable].map((ending) => `${titleOf(ending, content)}: ${ending.because}`),
  };
}

/** Outcomes of a lost caller, or one whom emergency services have: a route chosen before no longer ends the call. */
const PAST_THE_ROUTE = ['01', '06'];

function fits(ending: Ending, picture: Picture, emergency: boolean): boolean {
  const outcome = closingOf(picture)?.data.outcome;
  const route = chosenRoute(picture)?.data;
  if (outcome !== ending.outcome || (ending.emergency === true && !emergency)) return false;
  if (ending.route === undefined) return route === undefined || PAST_THE_ROUTE.includes(outcome);
  return route?.route === ending.route && (ending.urgency === undefined || ending.urgency === route.urgency);
}

/** An ending as the screens call it. */
export const titleOf = ({ route, emergency }: Ending, content: Content): string =>
  route === undefined
    ? emergency === true
      ? 'Emergency services'
      : 'No route'
    : (content.route(route)?.title ?? route);

/** Where emergency services have the person, they are told what the emergency route asks for. */
const EMERGENCY_ROUTE = 'emergency999';

/** What whoever has the person next is to be told: known, asked and unknown, or never asked. */
export function handoverItems(picture: Picture, content: Content): readonly HandoverItem[] {
  const isEmergency = lastOf(picture, 'emergency.raised') !== undefined;
  const id = chosenRoute(picture)?.data.route ?? (isEmergency ? EMERGENCY_ROUTE : undefined);
  const route = id === undefined ? undefined : content.route(id);
  if (route === undefined) return [];
  const items = route.needs.flatMap((need): readonly HandoverItem[] =>
    typeof need === 'string' || need.from.length === 0
      ? []
      : [{ say: need.say, state: stateOf(need.from, picture) }],
  );
  if (!route.handOver) return items;
  const isTaken = handoverNow(picture)?.state === 'acknowledged';
  return [
    ...items,
    { say: 'Somebody has said that they have the person', state: isTaken ? 'known' : 'notAsked' },
  ];
}

function stateOf(questions: readonly string[], picture: Picture): HandoverItem['state'] {
  const asked = questions.filter((id) => answersTo(picture, id).length > 0);
  if (asked.length === 0) return 'notAsked';
  const isKnown = asked.some((id) => {
    const state = answerTo(picture, id)?.data.state;
    return state !== undefined && !isUnknown(state);
  });
  return isKnown ? 'known' : 'unknown';
}
