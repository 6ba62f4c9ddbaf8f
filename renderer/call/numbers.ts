/** "Event 5", "Events 5 to 7 and 9": numbers, in order, as a person reads them. */
export function numbersIn(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const seq of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === seq - 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  const words = runs.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  const list = [words.slice(0, -1).join(', '), words.at(-1)].filter((part) => part).join(' and ');
  return `${numbers.length === 1 ? 'Event' : 'Events'} ${list}`;
}
