import { type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type CallEvent } from '../../../shared/events/event.ts';
import { type AnswerState, stage as stageSchema, type Stage } from '../../../shared/events/vocabulary.ts';
import { describeEvent } from '../../../shared/exports/record/describe.ts';
import { callBackTitles, consentTitles, printedWhat, stageTitles } from '../../../shared/exports/words.ts';
import { callRecord } from '../../../shared/exports/record/record.ts';

/** One thing that happened, as it is looked back at. */
export interface Moment {
  readonly number: number;
  readonly time: string;
  readonly by: string;
  /** The stage the guide was in then. */
  readonly stage: Stage | undefined;
  readonly what: string;
  /** Which of its kind, from content or the program alone: the stage, the route, how the call ended. Never hidden. */
  readonly which: string | undefined;
  /** The question as it is asked, for an answer. */
  readonly ask: string | undefined;
  readonly answer: AnswerState | undefined;
  readonly says: string;
  readonly struck: string | undefined;
}

/** What stands in the place of a name, a number, a place or anybody's own words. */
export const HIDDEN = '▒▒▒▒';

/**
 * A CALL AS A TIMELINE, from its log alone. With `hidden`, everything that a person typed or said is masked, names and numbers
 * included; what content and codes say stays, so that how a call went can be looked at without living through it again (H26).
 */
export function lookBack(
  events: readonly CallEvent[],
  picture: Picture,
  content: Content,
  hidden: boolean,
): readonly Moment[] {
  const record = callRecord(events, picture, content);
  let stage: Stage | undefined;
  return events.map((event, at): Moment => {
    if (event.type === 'stage.entered') stage = stageSchema.safeParse(event.data.stage).data;
    const line = record.lines[at];
    const masked = hidden ? describeEvent(mask(event, content), content) : undefined;
    return {
      number: at + 1,
      time: line?.time ?? '',
      by: hidden ? event.author.role : (line?.by ?? ''),
      stage,
      what: masked === undefined || event.type === 'entry.struck' ? (line?.what ?? '') : masked.what,
      which: whichOf(event, content),
      ask: event.type === 'answer.recorded' ? content.question(event.data.question)?.ask : undefined,
      answer: line?.answer,
      says: masked?.says ?? line?.says ?? '',
      struck: line?.struck === undefined ? undefined : hidden ? 'struck through later' : line.struck,
    };
  });
}

/** What the list shows beside “Stage” or “Route chosen”, so that it can be read without opening each. */
function whichOf(event: CallEvent, content: Content): string | undefined {
  switch (event.type) {
    case 'stage.entered':
      return stageTitles[event.data.stage];
    case 'route.chosen':
    case 'handover.sent':
      return content.route(event.data.route)?.title;
    case 'call.closed':
      return content.outcomes.find(({ code }) => code === event.data.outcome)?.title;
    case 'consent.recorded':
      return consentTitles[event.data.state];
    case 'callBack.attempted':
      return callBackTitles[event.data.result];
    case 'copy.printed':
      return printedWhat[event.data.what];
    default:
      return undefined;
  }
}

/** Values that a list in content or in the program knows. Whatever is not named here is hidden. */
const CODED: Readonly<Partial<Record<CallEvent['type'], readonly string[]>>> = {
  'answer.recorded': ['question', 'state', 'saidBy'],
  'call.offered': ['channel', 'source'],
  'call.adapted': ['channel', 'manner'],
  'call.closed': ['outcome'],
  'stage.entered': ['stage'],
  'task.opened': ['kind'],
  'task.closed': ['how'],
  'plan.recorded': ['heading'],
  'safeguarding.recorded': ['concern'],
  'service.checked': ['route', 'fits'],
  'route.chosen': ['route', 'urgency'],
  'gate.overridden': ['gate'],
  'consent.recorded': ['state', 'saidBy'],
  'consent.overridden': ['ground'],
  'handover.sent': ['route', 'how'],
  'handover.declined': ['code'],
  'callBack.attempted': ['result'],
  'consult.decided': ['gates', 'agreed', 'ruledOut'],
  'copy.printed': ['what', 'how'],
};

function mask(event: CallEvent, content: Content): CallEvent {
  const coded = new Set(CODED[event.type]);
  const data = Object.fromEntries(
    Object.entries(event.data).map(([key, value]) => [key, coded.has(key) ? value : hide(value)]),
  );
  if (event.type === 'answer.recorded' && event.data.fields !== undefined) {
    const fields = content.question(event.data.question)?.fields ?? [];
    data['fields'] = Object.fromEntries(
      Object.entries(event.data.fields).map(([id, value]) => {
        const field = fields.find((item) => item.id === id);
        const isListed = field?.options?.some((option) => option.code === value) === true;
        return [id, isListed ? value : HIDDEN];
      }),
    );
  }
  // The same event with other words in it: every text was exchanged for a text.
  return { ...event, data } as CallEvent;
}

/** Times, numbers of a stream and yes or no stay; every text goes. */
function hide(value: unknown): unknown {
  if (typeof value === 'string') return HIDDEN;
  if (Array.isArray(value)) return value.map(hide);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, hide(held)]));
}
