import { type Machine } from './machine.ts';

/** One thing that was measured. `durability` says what its "saved" means: a fast promise is not a kept one. */
export interface Measured {
  readonly name: string;
  readonly version: string;
  readonly durability: string;
  readonly values: Readonly<Record<string, number>>;
}

/** What a bench hands back. `limit.met` is a statement, not an assertion: a bench never fails for being slow. */
export interface Outcome {
  readonly what: string;
  /** Of the values, such as "ms" or "events/s". */
  readonly unit: string;
  readonly ours: Measured;
  readonly peers: readonly Measured[];
  readonly ratios: Readonly<Record<string, number>>;
  readonly limit: { readonly text: string; readonly met: boolean };
  /** Repetitions or sample sizes, in words. */
  readonly runs: string;
  /** How it was measured, and what the figures do not say. */
  readonly how: readonly string[];
}

/** The same with when and where: what is written to `results/<name>.json`. */
export interface Result extends Outcome {
  readonly bench: string;
  readonly command: string;
  readonly date: string;
  readonly machine: Machine & { readonly chromium: string };
  /** Load average of the last minute, before and after: above the number of cores, others were at work too. */
  readonly load: { readonly before: number; readonly after: number };
}

/** What a bench is given. */
export interface BenchContext {
  /** Much smaller sizes, to see that it works. Nothing is written. */
  readonly small: boolean;
  readonly say: (line: string) => void;
}
export type Bench = (context: BenchContext) => Promise<Outcome>;
