import { type BridgeEvents } from '../../shared/bridge/contract.ts';
import { type BridgeClient, createBridgeClient } from '../../shared/bridge/client.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Transport } from '../../shared/bridge/transport.ts';
import { err } from '../../shared/result.ts';
import { backoffMs, type BackoffPlan } from '../../shared/sync/backoff.ts';
import { type Timers } from '../../shared/time.ts';

/** A way to the main process. Rejects when there is none now; asked again, it makes another. */
export type Connect = () => Promise<ClosableTransport>;
export interface ClosableTransport extends Transport {
  close(): void;
}

/** A bridge client that outlives its connections: calls fail while it is away, listeners stay. */
export interface Bridge extends BridgeClient {
  isOpen(): boolean;
  /** Called at every connection, the first one included. */
  onOpen(listener: () => void): void;
  /** Ends it for good. */
  close(): void;
}

export interface BridgeOptions {
  readonly connect: Connect;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  /** Told of frames that make no sense; gets codes and field names, never contents. */
  readonly report: (fault: Fault) => void;
}

/** The main process is on this PC: it is soon back or it is gone, so the wait stays short. */
const PLAN: BackoffPlan = { baseMs: 250, ceilingMs: 5_000 };

/**
 * A connection that has neither opened nor failed by then is given up and dialled anew. A host killed between taking
 * the connection and answering its upgrade can leave a socket that says nothing for ever.
 */
const OPENS_WITHIN_MS = 10_000;

const away: Fault = {
  code: 'bridge.closed',
  field: '(whole)',
  message: 'the connection to the main process is closed',
};

/** Connects at once, and again with back-off whenever the connection closes. */
export function createBridge({ connect, timers, random, report }: BridgeOptions): Bridge {
  const listeners: { [E in keyof BridgeEvents]: Set<(payload: BridgeEvents[E]) => void> } = {
    'hub.changed': new Set(),
    'directory.changed': new Set(),
    'policy.changed': new Set(),
    'call.offered': new Set(),
    'training.changed': new Set(),
    'training.console': new Set(),
    'training.order': new Set(),
    'session.changed': new Set(),
  };
  const openListeners: (() => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let client: BridgeClient | undefined;
  let transport: ClosableTransport | undefined;
  let attempt = 0;
  let ended = false;
  let cancelRetry: () => void = () => undefined;

  async function open(): Promise<void> {
    let opened: ClosableTransport;
    try {
      opened = await withinDeadline(connect(), timers);
    } catch {
      // The reason is known to the transport alone and would say no more than "not there": try again.
      return retryLater();
    }
    if (ended) return opened.close();
    transport = opened;
    const fresh = createBridgeClient(opened, report);
    fresh.on('hub.changed', (state) => tellAll(listeners['hub.changed'], state));
    fresh.on('directory.changed', (state) => tellAll(listeners['directory.changed'], state));
    fresh.on('call.offered', (offer) => tellAll(listeners['call.offered'], offer));
    fresh.on('training.changed', (now) => tellAll(listeners['training.changed'], now));
    fresh.on('training.console', (now) => tellAll(listeners['training.console'], now));
    fresh.on('training.order', (order) => tellAll(listeners['training.order'], order));
    fresh.on('session.changed', (changed) => tellAll(listeners['session.changed'], changed));
    fresh.onClose(() => {
      if (client !== fresh) return;
      client = undefined;
      for (const listener of closeListeners) listener();
      retryLater();
    });
    client = fresh;
    for (const listener of openListeners) listener();
  }

  function retryLater(): void {
    if (ended) return;
    attempt += 1;
    cancelRetry = timers.after(backoffMs(attempt, random(), 0, PLAN), () => void open());
  }

  void open();
  return {
    async call(method, input) {
      if (client === undefined) return err(away);
      const answer = await client.call(method, input);
      // Only an answer shows that the line is good: a host that hangs up at once must not be dialled without pause.
      if (answer.ok) attempt = 0;
      return answer;
    },
    on(name, listener) {
      listeners[name].add(listener);
      return () => listeners[name].delete(listener);
    },
    onClose: (listener) => void closeListeners.push(listener),
    onOpen(listener) {
      openListeners.push(listener);
      if (client !== undefined) listener();
    },
    isOpen: () => client !== undefined,
    close() {
      ended = true;
      cancelRetry();
      client = undefined;
      transport?.close();
    },
  };
}

/** The connection, or a rejection after the deadline; one that opens later still is closed. */
function withinDeadline(dialled: Promise<ClosableTransport>, timers: Timers): Promise<ClosableTransport> {
  return new Promise((resolve, reject) => {
    let late = false;
    const cancel = timers.after(OPENS_WITHIN_MS, () => {
      late = true;
      reject(new Error(`the main process did not answer within ${OPENS_WITHIN_MS} ms`));
    });
    dialled.then(
      (opened) => {
        cancel();
        if (late) opened.close();
        else resolve(opened);
      },
      (error: unknown) => {
        cancel();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

function tellAll<T>(listeners: ReadonlySet<(payload: T) => void>, payload: T): void {
  for (const listener of listeners) listener(payload);
}
