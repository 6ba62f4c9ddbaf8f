import { z } from 'zod';
import { problemOf } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { type BridgeEvents, events, type Input, type MethodName, methods, type Output } from './contract.ts';
import { BRIDGE_VERSION, type Fault, parseFrame } from './frames.ts';
import { type Transport } from './transport.ts';

/** The window's side of the bridge. */
export interface BridgeClient {
  /** Never rejects: whatever goes wrong is a Fault. A closed transport answers `bridge.closed`. */
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Result<Output<M>, Fault>>;
  /** Returns a function that stops listening. */
  on<E extends keyof BridgeEvents>(name: E, listener: (payload: BridgeEvents[E]) => void): () => void;
  onClose(listener: () => void): void;
}

type Settle = (result: Result<unknown, Fault>) => void;

const closedFault: Fault = {
  code: 'bridge.closed',
  field: '(whole)',
  message: 'the connection to the main process is closed',
};

/** `report` is told of frames that make no sense; it gets codes and field names, never contents. */
export function createBridgeClient(transport: Transport, report: (fault: Fault) => void): BridgeClient {
  const waiting = new Map<number, Settle>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const closeListeners: (() => void)[] = [];
  let nextId = 1;
  let closed = false;

  transport.onFrame((input) => {
    const parsed = parseFrame(input);
    if (!parsed.ok) return report(parsed.error);
    const frame = parsed.value;
    if (frame.kind === 'reply') return settle(frame.id, ok(frame.output));
    if (frame.kind === 'fault') return settle(frame.id, err(frame.fault));
    if (frame.kind === 'event') return emit(frame.name, frame.payload);
    report({ code: 'bridge.badFrame', field: 'kind', message: 'the window does not answer calls' });
  });
  transport.onClose(() => {
    closed = true;
    for (const done of waiting.values()) done(err(closedFault));
    waiting.clear();
    for (const listener of closeListeners) listener();
  });

  function settle(id: number, result: Result<unknown, Fault>): void {
    const done = waiting.get(id);
    if (done === undefined)
      return report({ code: 'bridge.badFrame', field: 'id', message: 'an answer nobody asked for' });
    waiting.delete(id);
    done(result);
  }

  function emit(name: string, payload: unknown): void {
    const schema: z.ZodType | undefined = name in events ? events[name as keyof typeof events] : undefined;
    if (schema === undefined)
      return report({ code: 'bridge.badFrame', field: 'name', message: 'an unknown event' });
    const parsed = schema.safeParse(payload);
    if (!parsed.success) return report(problemOf('bridge.badEvent', parsed.error));
    for (const listener of listeners.get(name) ?? []) listener(parsed.data);
  }

  return {
    call<M extends MethodName>(method: M, input: Input<M>): Promise<Result<Output<M>, Fault>> {
      if (closed) return Promise.resolve(err(closedFault));
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, (result) => {
          if (!result.ok) return resolve(result);
          const schema: z.ZodType = methods[method].output;
          const parsed = schema.safeParse(result.value);
          resolve(
            parsed.success ? ok(parsed.data as Output<M>) : err(problemOf('bridge.badAnswer', parsed.error)),
          );
        });
        transport.send({ v: BRIDGE_VERSION, kind: 'call', id, method, input });
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      const untyped = listener as (payload: unknown) => void;
      set.add(untyped);
      return () => set.delete(untyped);
    },
    onClose(listener) {
      closeListeners.push(listener);
    },
  };
}
