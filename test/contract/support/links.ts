import { type Transport } from '../../../shared/bridge/transport.ts';

/** The window's end of a connected pair, and a way to break it. */
export interface Link {
  readonly transport: Transport;
  /** Breaks the connection, as a window that goes away does. */
  readonly close: () => void;
  readonly closed: Promise<unknown>;
}

/** Connects a window over one kind of transport; `connect` gets the main process's end. */
export type MakeLink = (connect: (transport: Transport) => void) => Promise<Link>;

/** Everything that arrives at the window, as it came. */
export function rawFrames(transport: Transport): unknown[] {
  const frames: unknown[] = [];
  transport.onFrame((frame) => frames.push(frame));
  return frames;
}

/** Sends one frame as it is, and waits for an answer with the same id. */
export function ask(
  transport: Transport,
  frame: { readonly id: number } & Record<string, unknown>,
): Promise<unknown> {
  return new Promise((resolve) => {
    transport.onFrame((answer) => {
      if ((answer as { id?: unknown }).id === frame.id) resolve(answer);
    });
    transport.send(frame);
  });
}

/** The listeners of a transport's end, called in the order they came. */
export function listeners(): {
  readonly frame: ((frame: unknown) => void)[];
  readonly close: (() => void)[];
  readonly on: Pick<Transport, 'onFrame' | 'onClose'>;
} {
  const frame: ((frame: unknown) => void)[] = [];
  const close: (() => void)[] = [];
  const on = {
    onFrame: (listener: (frame: unknown) => void) => void frame.push(listener),
    onClose: (listener: () => void) => void close.push(listener),
  };
  return { frame, close, on };
}
