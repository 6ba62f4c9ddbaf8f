import { type EventRef } from '../../shared/events/vocabulary.ts';
import { type Light, lightOf, type SaveFacts, whereIs } from '../../shared/sync/light.ts';

/** How far the hub has a stream that is no longer written to. All its events are on this PC. */
export interface EarlierStream {
  readonly stream: string;
  readonly last: number;
  readonly acked: number;
}

/**
 * The light for the whole profile: `lightOf` speaks of the present stream, and events of earlier streams may still
 * be unsent. Then nothing is called safe.
 */
export function lightOfProfile(facts: SaveFacts, earlier: readonly EarlierStream[]): Light {
  const light = lightOf(facts);
  const unsent = unsentOf(earlier);
  if (unsent === 0) return light;
  if (light.kind === 'safe' || light.kind === 'empty') return { kind: 'onThisPc', waiting: unsent };
  return light.kind === 'onThisPc' ? { kind: 'onThisPc', waiting: light.waiting + unsent } : light;
}

export const unsentOf = (earlier: readonly EarlierStream[]): number =>
  earlier.reduce((sum, { last, acked }) => sum + Math.max(0, last - acked), 0);

/** Where one event is, whichever stream it belongs to. */
export function whereInProfile(
  event: EventRef,
  current: string,
  facts: SaveFacts,
  earlier: readonly EarlierStream[],
): 'keeping' | 'onThisPc' | 'safe' {
  if (event.stream === current) return whereIs(event.seq, facts);
  const stream = earlier.find((known) => known.stream === event.stream);
  // A stream with nothing left to send is not listed.
  return stream !== undefined && event.seq > stream.acked ? 'onThisPc' : 'safe';
}
