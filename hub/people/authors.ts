import { type DeskId } from '../../shared/ids.ts';
import { readStrangers } from '../db/people-rows.ts';
import { type Pool } from '../db/pool.ts';
import { authorKey, type Item } from '../intake/read-item.ts';

/** Authors known at a desk are remembered, so that nearly no batch asks the database. Forgotten all at once when many. */
const REMEMBERED = 20_000;

export interface Authors {
  /** Of the authors of these items, those who have not signed in at the desk in that role. */
  strangers(desk: DeskId, items: readonly Item[]): Promise<ReadonlySet<string>>;
}

export function authorsBook(pool: Pool): Authors {
  const known = new Set<string>();
  return {
    async strangers(desk, items) {
      const unknown = new Map<string, { readonly id: string; readonly role: string }>();
      for (const item of items) {
        if (item.kind !== 'event') continue;
        const { author } = item.event;
        const key = authorKey(author);
        if (!known.has(`${desk} ${key}`)) unknown.set(key, author);
      }
      if (unknown.size === 0) return new Set();
      // PostgreSQL's text has no U+0000, and no issuer has such a person.
      const askable = [...unknown.values()].filter(({ id }) => !id.includes('\0'));
      const found = await readStrangers(pool, desk, askable);
      const unaskable = [...unknown.values()].filter((author) => !askable.includes(author));
      const strangers = new Set([...found, ...unaskable].map(authorKey));
      for (const key of unknown.keys()) {
        if (strangers.has(key)) continue;
        if (known.size >= REMEMBERED) known.clear();
        known.add(`${desk} ${key}`);
      }
      return strangers;
    },
  };
}
