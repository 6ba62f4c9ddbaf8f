import { type CallEvent } from '../../shared/events/event.ts';
import { type Light } from '../../shared/sync/light.ts';

/** One event as a line: its number, what it was and the words that matter. */
export function describeEvent(event: CallEvent): string {
  const detail = detailOf(event);
  return `${String(event.seq).padStart(4)}  ${event.type.padEnd(22)} ${detail.slice(0, 58).padEnd(58)}`;
}

function detailOf(event: CallEvent): string {
  switch (event.type) {
    case 'answer.recorded': {
      const { question, state, words, fields } = event.data;
      return [question, state, words ?? Object.values(fields ?? {}).join(', ')].join(' · ');
    }
    case 'note.added':
      return event.data.text;
    case 'stage.entered':
      return event.data.stage;
    case 'route.chosen':
      return event.data.route;
    case 'call.closed':
      return `outcome ${event.data.outcome}`;
    default:
      return '';
  }
}

/** What the save light says. */
export function describeLight(light: Light): string {
  switch (light.kind) {
    case 'safe':
      return `safe at hub, receipt ${light.receipt}`;
    case 'onThisPc':
      return `on this PC, ${light.waiting} waiting`;
    case 'keeping':
      return `keeping, ${light.waiting}`;
    default:
      return light.kind;
  }
}
