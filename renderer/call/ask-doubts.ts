import { type Fault } from '../../shared/bridge/frames.ts';
import { type StreamId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type Store } from '../store/store.ts';
import { type DoubtsOfStream } from './desk.ts';

/** What the hub flagged or could not read of every stream of this profile, the present one first. */
export async function askDoubts(
  bridge: Bridge,
  store: Store,
  current: StreamId,
): Promise<Result<readonly DoubtsOfStream[], Fault>> {
  const rows = await store.reader.streams();
  const streams = new Set([current, ...(rows.ok ? rows.value : []).map((row) => row.stream)]);
  const found: DoubtsOfStream[] = [];
  for (const of of streams) {
    const answer = await bridge.call('hub.doubts', { stream: of });
    if (!answer.ok) return answer;
    found.push({ stream: of, ...answer.value });
  }
  return ok(found);
}
