import { join } from 'node:path';
import { type LibraryEntry, type ScriptCover, type ScriptProblem } from '../../../shared/bridge/training.ts';
import { type TrainingScript } from '../../../shared/training/script/schema.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf } from '../../ports/log.ts';
import { readScript, type ReadingTools } from './read-script.ts';

/** Scripts that came with the product, and those a trainer has put into the scripts folder. */
export interface Library {
  readonly folder: string;
  /** Read anew each time: a trainer mends a file and looks again. */
  entries(): Promise<LibraryEntry[]>;
  /** The script of a file, when it can be played. */
  script(file: string): Promise<TrainingScript | undefined>;
}

/** A folder is not read beyond this many files, nor a file beyond this many bytes. */
const MOST_FILES = 200;
const MOST_BYTES = 256 * 1024;

/** What came of reading one script: a script that can be played, or where it is wrong. */
export interface OneScript {
  readonly script?: TrainingScript;
  readonly problems: readonly ScriptProblem[];
}

/** Reads a script's text; a text that was read before is not played dry again. */
export function scriptReader(tools: ReadingTools): (text: string) => OneScript {
  const known = new Map<string, OneScript>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const read = readScript(text, tools);
    const findings = read.ok ? read.value.warnings : read.error;
    const problems = findings.map(({ line, column, kind, message, suggestion }): ScriptProblem => ({
      line,
      column,
      kind,
      message: message.slice(0, 1_000),
      ...(suggestion === undefined ? {} : { suggestion: suggestion.slice(0, 1_000) }),
    }));
    const one = { ...(read.ok ? { script: read.value.script } : {}), problems };
    if (known.size >= MOST_FILES) known.clear();
    known.set(text, one);
    return one;
  };
}

export function createLibrary(options: {
  readonly folder: string;
  /** The folder of those that came with the product. */
  readonly shipped: string;
  readonly disk: Disk;
  readonly read: (text: string) => OneScript;
}): Library {
  const { folder, shipped, disk, read } = options;

  async function one(path: string): Promise<OneScript> {
    const wrong = (message: string): OneScript => ({
      problems: [{ line: 1, column: 1, kind: 'error', message }],
    });
    try {
      if (((await disk.size(path)) ?? 0) > MOST_BYTES)
        return wrong('The file is larger than 256 KB: no script is.');
      const bytes = await disk.read(path);
      if (bytes === undefined) return wrong('The file is not there any more.');
      return read(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch (error) {
      return wrong(`The file cannot be read as text (${causeOf(error)}).`);
    }
  }
  async function files(of: string): Promise<string[]> {
    const names = await disk.list(of);
    return names
      .filter((name) => /\.ya?ml$/i.test(name))
      .toSorted()
      .slice(0, MOST_FILES);
  }
  async function entriesOf(of: string, from: LibraryEntry['from']): Promise<LibraryEntry[]> {
    const entries: LibraryEntry[] = [];
    for (const file of await files(of)) {
      const { script, problems } = await one(join(of, file));
      const cover = script === undefined ? {} : { cover: coverOf(script) };
      entries.push({ file, from, ...cover, problems: problems.slice(0, 100) });
    }
    return entries;
  }

  return {
    folder,
    entries: async () => [...(await entriesOf(folder, 'own')), ...(await entriesOf(shipped, 'shipped'))],
    async script(file) {
      for (const place of [folder, shipped])
        if ((await files(place)).includes(file)) return (await one(join(place, file))).script;
      return undefined;
    },
  };
}

const coverOf = ({ id, title, summary, contentWarning, learningGoals }: TrainingScript): ScriptCover => ({
  id,
  title,
  summary,
  contentWarning,
  learningGoals,
});
