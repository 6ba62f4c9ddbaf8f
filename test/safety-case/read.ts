import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT, TOP_FOLDERS } from '../support/sources.ts';

/** The log's files, unparsed, in no particular order. Throws on a file that is not JSON, naming it. */
export function hazardFiles(): unknown {
  const folder = join(ROOT, 'shared/content/hazards');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readJson(join(folder, name)));
}

/** A JSON file. Throws, naming it, when it is not there or not JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} could not be read as JSON`, { cause });
  }
}

/** A file's text by its path from the root, if it is there. */
export function sourceText(path: string): string | undefined {
  const file = join(ROOT, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

const SOURCES = /\.(ts|tsx|mjs|json|css|html|sql)$/;
/** What the end-to-end tests show and are made of. The hazard log is no part of the program. */
const RUN_IN_THE_BROWSER =
  /^(shared\/(?!content\/hazard)|main\/|renderer\/|hub\/|test\/(e2e|defects|support|simulate)\/)/;

export interface Newest {
  readonly file: string;
  /** UTC ms. */
  readonly at: number;
}

/** The source that was changed last: results that are older say nothing about this tree. Pictures and READMEs do not count. */
export function newestSource(of: 'everything' | 'endToEnd'): Newest {
  let newest: Newest = { file: '', at: 0 };
  for (const folder of TOP_FOLDERS) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !SOURCES.test(entry.name) || entry.parentPath.includes('node_modules')) continue;
      const path = join(entry.parentPath, entry.name);
      const file = relative(ROOT, path).replaceAll(sep, '/');
      if (of === 'endToEnd' && !RUN_IN_THE_BROWSER.test(file)) continue;
      const at = statSync(path).mtimeMs;
      if (at > newest.at) newest = { file, at };
    }
  }
  return newest;
}

/** Git's commit and how many files differ from it; nothing outside a repository. */
export function commit(): { readonly commit?: string; readonly changed: number } {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const changed = git('status', '--porcelain');
    return { commit: git('rev-parse', 'HEAD'), changed: changed === '' ? 0 : changed.split('\n').length };
  } catch {
    // An unpacked archive has no repository; the report says so.
    return { changed: 0 };
  }
}
