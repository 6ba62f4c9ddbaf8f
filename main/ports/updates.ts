/** The hand that updates the program, as a host fills it. Every method rejects when it cannot be done. */
export interface UpdatePort {
  /** The version that the organisation's server offers; undefined when it offers none. */
  check(): Promise<string | undefined>;
  /** Resolves when the offered version is on this PC, whole, and its publisher's signature was found good. */
  download(): Promise<void>;
  /** Asks the person at the desk. */
  ask(version: string): Promise<'yes' | 'later'>;
  /** Ends the program and starts the new one. */
  install(): void;
}
