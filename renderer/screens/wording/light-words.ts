import { type HubState } from '../../../shared/bridge/contract.ts';
import { type Light } from '../../../shared/sync/light.ts';
import { assertNever } from '../../../shared/result.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { clockTime, spanText } from './times.ts';

/** What the save light shows. `tone` picks its shape and colour; the words alone say it all. */
export interface LightWords {
  readonly title: string;
  readonly detail: string;
  readonly tone: 'quiet' | 'safe' | 'local' | 'loud';
}

const number = new Intl.NumberFormat('en-GB');
const count = (n: number): string => number.format(n);

/** The save light in words. It says no more than `light` does. `refused`: the hub answers, and takes nothing of this desk. */
export function lightWords(light: Light, hub: HubState, now: UtcMs, refused = false): LightWords {
  switch (light.kind) {
    case 'empty':
      return { title: 'Nothing to keep yet', detail: hubDetail(hub, now), tone: 'quiet' };
    case 'typing':
      return { title: 'Typing', detail: 'kept within half a second', tone: 'quiet' };
    case 'keeping':
      return { title: 'Keeping', detail: `${count(light.waiting)} being written`, tone: 'quiet' };
    case 'onThisPc':
      return {
        title: 'On this PC',
        detail: `${waitDetail(hub, now, refused)} · ${count(light.waiting)} waiting`,
        tone: 'local',
      };
    case 'safe':
      return {
        title: 'Safe at hub',
        detail: `receipt ${count(light.receipt)} · ${clockTime(light.at)}`,
        tone: 'safe',
      };
    case 'oneCopy':
      return {
        title: 'One copy only',
        detail: `${light.missing === 'database' ? 'not in the window’s database' : 'not in the journal'}: ${light.why}`,
        tone: 'loud',
      };
    case 'notKept':
      return { title: 'Not kept', detail: light.why, tone: 'loud' };
    default:
      return assertNever(light);
  }
}

function waitDetail(hub: HubState, now: UtcMs, refused: boolean): string {
  if (hub.reach === 'away') return hubDetail(hub, now);
  return refused ? 'not taken by the hub now' : 'on the way to the hub';
}

function hubDetail(hub: HubState, now: UtcMs): string {
  if (hub.reach === 'reachable') return 'hub reachable';
  if (hub.reach === 'unknown') return 'looking for the hub';
  return `hub away ${spanText(now - hub.since)}`;
}

/**
 * What a screen reader hears: only what lasts and matters. Nothing for typing and keeping, which pass in an
 * instant, and no receipt numbers; the same words again are not read again.
 */
export function lightAnnouncement(light: Light, hub: HubState, before: string, refused = false): string {
  if (light.kind === 'safe') return 'Safe at hub';
  if (light.kind === 'oneCopy') return `One copy only. ${light.why}`;
  if (light.kind === 'notKept') return `Not kept. ${light.why}`;
  if (light.kind === 'onThisPc' && hub.reach === 'away') return 'On this PC. The hub is away.';
  if (light.kind === 'onThisPc' && refused) return 'On this PC. The hub does not take it now.';
  return before;
}

/** Where one entry is, for the mark beside it. */
export const whereTitles = { keeping: 'being kept', onThisPc: 'on this PC', safe: 'safe at hub' } as const;
export const whereMarks = { keeping: '…', onThisPc: '▪', safe: '✓' } as const;
