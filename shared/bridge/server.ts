import { z } from 'zod';
import { problemOf } from '../problem.ts';
import { type Result } from '../result.ts';
import { type BridgeEvents, type MethodName, methods, type Output, type ParsedInput } from './contract.ts';
import { BRIDGE_VERSION, type Fault, type Frame, parseFrame } from './frames.ts';
import { type Transport } from './transport.ts';

/** One function per method of the contract. Expected failures are Faults; a throw is a bug and is reported. */
export type Handlers = {
  [M in MethodName]: (input: ParsedInput<M>) => Promise<Result<Output<M>, Fault>>;
};

/** The main process's side of one connected window. */
export interface BridgeServer {
  emit<E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]): void;
}

/**
 * Serves the contract over a transport. Nothing outside the contract gets in: parsing is not a wrapper one
 * remembers but the only way to a handler. `report` gets codes and field names, never contents.
 */
export function serveBridge(
  transport: Transport,
  handlers: Handlers,
  report: (fault: Fault, cause?: unknown) => void,
): BridgeServer {
  let open = true;
  transport.onClose(() => (open = false));
  const send = (frame: Frame): void => {
    if (open) transport.send(frame);
  };
  const refuse = (id: number, fault: Fault): void => {
    report(fault);
    send({ v: BRIDGE_VERSION, kind: 'fault', id, fault });
  };

  transport.onFrame((input) => {
    const parsed = parseFrame(input);
    if (!parsed.ok) {
      // A frame too broken to parse may still carry the number its sender is waiting on.
      const id = z.object({ id: z.int().min(1) }).safeParse(input);
      return id.success ? refuse(id.data.id, parsed.error) : report(parsed.error);
    }
    const frame = parsed.value;
    if (frame.kind !== 'call') {
      return report({ code: 'bridge.badFrame', field: 'kind', message: 'the main process takes only calls' });
    }
    void answer(frame.id, frame.method, frame.input);
  });

  async function answer(id: number, method: string, input: unknown): Promise<void> {
    if (!Object.hasOwn(methods, method)) {
      return refuse(id, { code: 'bridge.unknownMethod', field: 'method', message: 'no such method' });
    }
    const name = method as MethodName;
    try {
      // Inside, because input nested some thousands deep makes the parser itself throw.
      const parsed = methods[name].input.safeParse(input);
      if (!parsed.success) return refuse(id, problemOf('bridge.badInput', parsed.error));
      const handler = handlers[name] as (given: unknown) => Promise<Result<unknown, Fault>>;
      const result = await handler(parsed.data);
      if (!result.ok) return send({ v: BRIDGE_VERSION, kind: 'fault', id, fault: result.error });
      send({ v: BRIDGE_VERSION, kind: 'reply', id, output: result.value });
    } catch (cause) {
      const fault = {
        code: 'main.failed',
        field: method,
        message: 'the main process failed; nothing was confirmed',
      };
      report(fault, cause);
      send({ v: BRIDGE_VERSION, kind: 'fault', id, fault });
    }
  }

  return {
    emit: (name, payload) => send({ v: BRIDGE_VERSION, kind: 'event', name, payload }),
  };
}
