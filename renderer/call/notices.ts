/** Sentences about this desk for the person at it. */
export interface Notices {
  /** Says it once, however often it is told. */
  say(sentence: string): void;
  /** Says it for as long as it holds; undefined takes it back. */
  hold(key: string, sentence: string | undefined): void;
  /** The same array until something changed. */
  all(): readonly string[];
}

export function createNotices(changed: () => void): Notices {
  const said = new Set<string>();
  const held = new Map<string, string>();
  let list: readonly string[] = [];
  const refresh = (): void => {
    list = [...new Set([...held.values(), ...said])];
    changed();
  };
  return {
    say(sentence) {
      if (said.has(sentence)) return;
      said.add(sentence);
      refresh();
    },
    hold(key, sentence) {
      if (held.get(key) === sentence) return;
      if (sentence === undefined) held.delete(key);
      else held.set(key, sentence);
      refresh();
    },
    all: () => list,
  };
}
