import { type StreamWriter } from './stream-writer.ts';

/**
 * Waits until everything recorded so far is in at least one copy on this PC. A draft is given up only then: the words
 * of a form move from the draft into the log, and a kill between the two must find them in one of them.
 */
export interface KeptSomewhere {
  /** False when the desk closed before that. */
  wait(): Promise<boolean>;
  /** Something was confirmed, or another stream is written now. */
  look(): void;
  /** The desk closes: nobody waits any longer. */
  end(): void;
}

interface Waiting {
  readonly writer: StreamWriter;
  readonly seq: number;
  readonly resolve: (kept: boolean) => void;
}

export function createKeptSomewhere(present: () => StreamWriter): KeptSomewhere {
  let waiting: readonly Waiting[] = [];
  let ended = false;

  function look(): void {
    const writer = present();
    const confirmed = Math.max(writer.database.confirmed(), writer.journal.confirmed());
    const isKept = (one: Waiting): boolean =>
      // Events that moved into a new stream have new numbers: then all of them have to be there.
      confirmed >= (one.writer === writer ? one.seq : writer.nextSeq() - 1);
    const kept = waiting.filter(isKept);
    waiting = waiting.filter((one) => !kept.includes(one));
    for (const { resolve } of kept) resolve(true);
  }

  return {
    wait() {
      if (ended) return Promise.resolve(false);
      return new Promise((resolve) => {
        const writer = present();
        waiting = [...waiting, { writer, seq: writer.nextSeq() - 1, resolve }];
        look();
      });
    },
    look,
    end() {
      ended = true;
      for (const { resolve } of waiting) resolve(false);
      waiting = [];
    },
  };
}
