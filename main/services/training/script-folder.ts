import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PlacedFinding } from '../../../shared/training/lint/finding.ts';
import { type Result } from '../../../shared/result.ts';
import { readScript, type ReadingTools, type ReadScript } from './read-script.ts';

export interface FileScript {
  readonly file: string;
  readonly read: Result<ReadScript, readonly PlacedFinding[]>;
}

const MOST_SCRIPTS = 200;

/** Every script of a folder, by file name: sound ones, and for the others what is wrong and where. */
export async function readScriptFolder(folder: string, tools: ReadingTools): Promise<readonly FileScript[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).toSorted();
  return Promise.all(
    files.slice(0, MOST_SCRIPTS).map(async (file): Promise<FileScript> => ({
      file,
      read: readScript(await readFile(join(folder, file), 'utf8'), tools),
    })),
  );
}
