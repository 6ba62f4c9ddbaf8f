import { EMPTY_HEAD } from '../../shared/events/chain.ts';
import { type StreamId } from '../../shared/ids.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type Store } from '../store/store.ts';
import { type Copies } from './copies.ts';

export interface ForgottenPorts {
  readonly bridge: Bridge;
  readonly store: Store;
  readonly copies: Copies;
  readonly current: StreamId;
  readonly tell: (sentence: string) => void;
}

/**
 * Streams set aside earlier that the journal keeps and the window's database does not know, because it was lost since:
 * brought back, so that what they hold is shown and what the hub has not got is sent. Answers those that were found.
 */
export async function bringBackForgotten(ports: ForgottenPorts): Promise<readonly StreamId[]> {
  const { bridge, store, copies, current, tell } = ports;
  const rows = await store.reader.streams();
  const kept = await bridge.call('journal.streams', {});
  // Without one of them nothing can be compared; the next start asks again.
  if (!rows.ok || !kept.ok) return [];
  const here = new Set<StreamId>([current, ...rows.value.map(({ stream }) => stream)]);
  const found: StreamId[] = [];
  for (const stream of kept.value.streams.filter((name) => !here.has(name))) {
    const copied = await copies.toDatabase(stream, EMPTY_HEAD);
    if (copied.ok && copied.value > 0) found.push(stream);
    if (copied.ok || !copied.error.code.startsWith('copy.')) continue;
    // What of it follows on is in; the rest is kept as a stream of its own.
    found.push(stream);
    const aside = await copies.setAsideJournal(stream);
    if (aside.ok && aside.value !== undefined) found.push(aside.value);
  }
  if (found.length === 0) return [];
  tell('An earlier part of this desk’s log was put back into this window from the journal.');
  await store.writer.makeCurrent(current);
  return found;
}
