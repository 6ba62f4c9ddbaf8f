import { type StreamId } from '../../shared/ids.ts';
import { createStreamSync, type StreamSync, type SyncListener, type SyncPorts } from './stream-sync.ts';

/** Sends every stream of this profile that has unsent events: streams in parallel, order within each. */
export interface SyncDriver {
  /** Begins with a stream, once. */
  add(stream: StreamId, from: { durable: number; known: number; acked: number; verified: boolean }): void;
  durable(stream: StreamId, seq: number): void;
  /** The hub, or the way to it, is back: nobody waits any longer. */
  hubBack(): void;
  stop(): void;
}

export function createSyncDriver(ports: SyncPorts, on: SyncListener): SyncDriver {
  const streams = new Map<StreamId, StreamSync>();
  return {
    add(stream, from) {
      if (streams.has(stream)) return;
      streams.set(stream, createStreamSync({ stream, ...from, ports, on }));
    },
    durable: (stream, seq) => streams.get(stream)?.durable(seq),
    hubBack() {
      for (const sync of streams.values()) sync.hubBack();
    },
    stop() {
      for (const sync of streams.values()) sync.stop();
    },
  };
}
