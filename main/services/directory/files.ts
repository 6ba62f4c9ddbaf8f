import { join } from 'node:path';
import { z } from 'zod';
import { deskReport, sharedFlag } from '../../../shared/directory/exchange.ts';
import { directorySnapshot } from '../../../shared/directory/snapshot.ts';
import { type Clock, utcMs } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { type Log } from '../../ports/log.ts';
import { readJsonFile, setAside, writeJsonFile } from '../json-file.ts';

/** What the disk keeps of the directory: no word of any caller is in it. */
const directoryFile = z.strictObject({ v: z.literal(1), snapshot: directorySnapshot });
const flagsFile = z.strictObject({
  v: z.literal(1),
  flags: z.array(sharedFlag),
  /** When the hub last said that the directory is the present one. */
  checkedAt: utcMs.exactOptional(),
});
const outboxFile = z.strictObject({ v: z.literal(1), reports: z.array(deskReport) });

export interface DirectoryFiles {
  readonly directory: DirectoryFile<z.infer<typeof directoryFile>>;
  readonly flags: DirectoryFile<z.infer<typeof flagsFile>>;
  readonly outbox: DirectoryFile<z.infer<typeof outboxFile>>;
}
interface DirectoryFile<T> {
  /** Undefined when it is not there, or could not be read and was set aside. */
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
}

export function directoryFiles(options: {
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
}): DirectoryFiles {
  const { folder, disk, clock, log } = options;
  const fileOf = <T>(name: string, schema: z.ZodType<T>): DirectoryFile<T> => {
    const path = join(folder, name);
    return {
      async read() {
        const file = await readJsonFile(disk, path, schema);
        if (file.kind === 'broken') {
          const { field, message } = file.problem;
          log.warn({ code: 'directory.broken', field, message: `${name}: ${message}` });
          await setAside(disk, path, clock);
        }
        return file.kind === 'good' ? file.value : undefined;
      },
      async write(value) {
        await disk.makeFolder(folder);
        await writeJsonFile(disk, path, value);
      },
    };
  };
  return {
    directory: fileOf('directory.json', directoryFile),
    flags: fileOf('flags.json', flagsFile),
    outbox: fileOf('reports.json', outboxFile),
  };
}
