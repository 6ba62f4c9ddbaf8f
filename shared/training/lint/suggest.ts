/** Longer than any key or id of a script: nobody mistypes more than that, and the work stays bounded. */
const LONGEST = 60;

/** The one of `known` that was probably meant; nothing when none is near. At most a third of the letters may differ. */
export function suggest(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length === 0 || typed.length > LONGEST) return undefined;
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of known) {
    if (Math.abs(word.length - typed.length) > LONGEST) continue;
    const distance = distanceOf(typed.toLowerCase(), word.toLowerCase());
    if (distance <= Math.max(1, Math.floor(Math.max(word.length, typed.length) / 3)))
      if (best === undefined || distance < best.distance) best = { word, distance };
  }
  return best?.word;
}

/** Insertions, deletions, changes and neighbours swapped (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  let two: number[] = [];
  let one = Array.from({ length: b.length + 1 }, (_none, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j - 1] ?? 0) + 1, (one[j] ?? 0) + 1, (one[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (two[j - 2] ?? 0) + 1);
      row[j] = least;
    }
    two = one;
    one = row;
  }
  return one[b.length] ?? 0;
}
