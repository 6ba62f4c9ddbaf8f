import { placesOf } from './world/truth.ts';
import { type SimulatedDesk } from './world/world.ts';

/**
 * Loses one of the two local copies while nothing of the desk runs, and only if the other has everything: what was in
 * both places has a right to survive one loss, not two.
 */
export function lose(
  { pc, truth }: SimulatedDesk,
  what: 'database' | 'journal' | 'journalEvents' | 'journalEnd',
): void {
  if (pc.windows.length > 0 || pc.mainLives()) return;
  const [victim, other] =
    what === 'database'
      ? [truth.database(), placesOf(truth.journal())]
      : [placesOf(truth.journal()), truth.database()];
  for (const place of victim) if (!other.has(place)) return;
  if (what === 'database') return pc.storage.wipe();
  const journal = [...pc.disk.files].filter(([path]) => path.startsWith('/profile/journal/'));
  if (what === 'journalEnd') {
    const last = journal
      .filter(([path]) => path.endsWith('.log'))
      .toSorted(([a], [b]) => (a < b ? 1 : -1))
      .find(([, file]) => file.bytes().length > 0)?.[1];
    last?.truncate(Math.floor(last.bytes().length * 0.6));
    last?.sync();
    return;
  }
  // Without its events the journal still knows the name of its stream.
  for (const [path] of journal)
    if (what === 'journal' || !path.endsWith('current.json')) pc.disk.files.delete(path);
}
