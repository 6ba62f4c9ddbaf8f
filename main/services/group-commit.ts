/**
 * Runs one commit at a time; whatever is asked for meanwhile goes into the next one together, so that many
 * callers share one fsync. `commit` gets every waiting item in order and answers each of them.
 */
export interface GroupCommit<Item, Answer> {
  add(item: Item): Promise<Answer>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
}

export function groupCommit<Item, Answer>(
  commit: (items: readonly Item[]) => Promise<readonly Answer[]>,
): GroupCommit<Item, Answer> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // One turn of the event loop, so that calls which arrive together are committed together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const answers = await commit(group.map(({ item }) => item));
        group.forEach(({ resolve, reject }, index) => {
          const answer = answers[index];
          if (answer === undefined) reject(new Error('a commit left an item without an answer'));
          else resolve(answer);
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    // In the same turn as the last look at `waiting`: what is added after this starts its own run.
    running = undefined;
  }

  async function idle(): Promise<void> {
    if (running === undefined) return;
    await running;
    await idle();
  }

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= run();
      });
    },
    idle,
  };
}
