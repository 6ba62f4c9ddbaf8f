import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Letters that neither a language nor base64 of something else makes by chance. */
const LETTERS = 'bcdfghjklmnpqrstvwxz';
const WORD_LENGTH = 32;
const PART_LENGTH = 8;
const STEP = 4;

/** A word of 32 letters that occurs nowhere else. */
export const plantWord = (): string =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(WORD_LENGTH)),
    (byte) => LETTERS[byte % LETTERS.length],
  ).join('');

/**
 * What betrays a word in a file: any eight of its characters, at every fourth place, as UTF-8 and as UTF-16, and the
 * whole word in base64. Pieces, because snappy (LevelDB's tables) writes what it has not seen as it is and replaces
 * at least four bytes it has seen by a pointer: of a random word it can replace a few letters, not all.
 */
function marksOf(word: string): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at + PART_LENGTH <= word.length; at += STEP) {
    const part = word.slice(at, at + PART_LENGTH);
    parts.push(Buffer.from(part, 'latin1'), Buffer.from(part, 'utf16le'));
  }
  for (let skipped = 0; skipped < 3; skipped += 1) {
    // Base64 depends on where the word begins; its ends depend on the neighbours.
    const text = Buffer.from('x'.repeat(skipped) + word, 'latin1').toString('base64');
    parts.push(Buffer.from(text.slice(4, -4), 'latin1'));
  }
  return parts;
}

export interface Found {
  readonly word: string;
  /** The file, relative to the folder. */
  readonly file: string;
}

export interface Searched {
  readonly found: readonly Found[];
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Looks into every file below `folder`, except the folders in `without`, past every program. */
export async function searchRaw(
  folder: string,
  words: readonly string[],
  without: readonly string[] = [],
): Promise<Searched> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !without.some((left) => file.startsWith(`${left}/`)));
  const marks = words.map((word) => ({ word, marks: marksOf(word) }));
  const found: Found[] = [];
  let bytes = 0;
  for (const file of files) {
    const content = await wholeFile(join(folder, file));
    bytes += content.length;
    for (const { word, marks: parts } of marks) {
      if (parts.some((part) => content.includes(part))) found.push({ word, file });
    }
  }
  return { found, files, bytes };
}

async function wholeFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    // Chromium deleted it while we looked.
    return Buffer.alloc(0);
  }
}
