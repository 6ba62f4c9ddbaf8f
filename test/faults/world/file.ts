const NOTHING = new Uint8Array();

/**
 * One file as the operating system shows it, and as the platter has it. Bytes that were written and not synced are
 * lost with the power. A failed sync leaves pages that are called clean and are on no platter (fsyncgate): they can
 * be read, no later sync writes them, and the power takes them.
 */
export interface SimulatedFile {
  bytes(): Uint8Array;
  append(bytes: Uint8Array): void;
  truncate(length: number): void;
  /** Everything but what an earlier failed sync lost reaches the platter. */
  sync(): void;
  failSync(): void;
  /** True when the platter has what is shown. */
  isDurable(): boolean;
  /** What the platter has. The same array until it changes. */
  durable(): Uint8Array;
  /** Afterwards only the platter is left, with the given share (0 to 1) of what was being written. */
  losePower(torn: number): void;
  copy(): SimulatedFile;
}

export function simulatedFile(whole: Uint8Array = NOTHING): SimulatedFile {
  let shown = whole;
  let platter = whole;
  /** Up to here the system believes that the platter has it. */
  let clean = whole.length;
  let lost: readonly (readonly [number, number])[] = [];

  const holes = (bytes: Uint8Array): Uint8Array => {
    if (lost.length === 0) return bytes;
    const holed = bytes.slice();
    for (const [from, to] of lost) holed.fill(0, from, to);
    // Lost pages at the end of the file leave nothing; before synced ones they leave zeros.
    const last = lost.at(-1);
    return last?.[1] === bytes.length ? holed.subarray(0, last[0]) : holed;
  };

  return {
    bytes: () => shown,
    append(bytes) {
      const grown = new Uint8Array(shown.length + bytes.length);
      grown.set(shown);
      grown.set(bytes, shown.length);
      shown = grown;
    },
    truncate(length) {
      shown = shown.slice(0, length);
      clean = Math.min(clean, length);
      lost = lost.flatMap(([from, to]) => (from < length ? [[from, Math.min(to, length)] as const] : []));
    },
    sync() {
      clean = shown.length;
      platter = holes(shown);
    },
    failSync() {
      if (clean < shown.length) lost = [...lost, [clean, shown.length]];
      clean = shown.length;
    },
    isDurable: () => lost.length === 0 && clean === shown.length && platter.length === shown.length,
    durable: () => platter,
    losePower(torn) {
      const begun = shown.length - platter.length;
      const grows = begun > 0 && lost.length === 0;
      if (grows) platter = shown.slice(0, platter.length + Math.floor(begun * torn));
      shown = platter;
      clean = platter.length;
      lost = [];
    },
    copy: () => simulatedFile(shown),
  };
}
