/**
 * All that a host supplies: a way to send a frame and to hear one. Frames arrive unparsed, because whoever is at
 * the other end may send anything. Listeners are called in the order frames came.
 */
export interface Transport {
  send(frame: unknown): void;
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
}
