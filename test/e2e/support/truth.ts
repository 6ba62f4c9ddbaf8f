import { expect, type Page } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openLine } from '../../../main/services/journal/event-line.ts';
import { decodeLines } from '../../../main/services/lines.ts';
import { type Lantern } from '../../support/lantern.ts';
import { eventsIn, testSealer } from '../../support/sealers.ts';
import { readVault } from '../../support/vault.ts';

/** What each place really holds, read past the program. */
export interface StoredEvent {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
}

const stored = z.object({ stream: z.string(), seq: z.coerce.number(), hash: z.string() });

const boxRow = z.object({ box: z.array(z.number()).transform((bytes) => Uint8Array.from(bytes)) }).loose();

/** The window's own database, opened beside the program, its boxes with the profile's own keys. */
export async function inWindow(page: Page, lantern: Lantern): Promise<readonly StoredEvent[]> {
  const rows = await page.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const open = indexedDB.open('lantern-development');
        open.addEventListener('error', () => reject(new Error('the database could not be opened')));
        open.addEventListener('success', () => {
          const all = open.result.transaction('events').objectStore('events').getAll();
          all.addEventListener('error', () => reject(new Error('the events could not be read')));
          all.addEventListener('success', () => {
            open.result.close();
            // Bytes as numbers, because they go to the test as JSON.
            resolve(all.result.map((row: { box: Uint8Array }) => ({ ...row, box: [...row.box] })));
          });
        });
      }),
  );
  const sealer = await testSealer(await readVault(join(lantern.data, 'browser/development')));
  return z.array(stored).parse(await eventsIn(z.array(boxRow).parse(rows), sealer));
}

/** The journal's files on the disk, its boxes opened with the profile's own keys. */
export async function inJournal(lantern: Lantern): Promise<readonly StoredEvent[]> {
  const profile = join(lantern.data, 'browser/development');
  const vault = await readVault(profile);
  const files = await readdir(join(profile, 'journal'), { recursive: true });
  const texts = await Promise.all(
    files
      .filter((file) => file.endsWith('.log'))
      .toSorted()
      .map((file) => readFile(join(profile, 'journal', file))),
  );
  return texts.flatMap(decodeLines).flatMap(({ value }) => {
    const opened = openLine(vault, value);
    return opened.kind === 'event' ? [stored.parse(opened.event)] : [];
  });
}

/** The hub's database, in the hub's order. */
export async function atHub(lantern: Lantern): Promise<readonly StoredEvent[]> {
  const { pool } = await lantern.database();
  const { rows } = await pool.query('SELECT stream, seq, hash FROM events ORDER BY position');
  return z.array(stored).parse(rows);
}

/**
 * The save light may lag behind the truth, never lead it: what it calls safe is at the hub, and what it calls on
 * this PC is in both local copies.
 */
export async function expectLightIsTrue(
  page: Page,
  lantern: Lantern,
  light: () => Promise<string>,
): Promise<string> {
  const made = await inWindow(page, lantern);
  const newest = made.at(-1)?.seq ?? 0;
  const said = await light();
  if (said.startsWith('Safe at hub'))
    expect((await atHub(lantern)).length, said).toBeGreaterThanOrEqual(newest);
  if (/^(Safe at hub|On this PC)/.test(said)) {
    expect((await inJournal(lantern)).length, said).toBeGreaterThanOrEqual(newest);
  }
  return said;
}
