import { streamId, type StreamId } from '../../../shared/ids.ts';
import { type Disk } from '../../ports/disk.ts';
import { type JournalPage, type StreamLog } from './stream-log.ts';

/** Streams that were set aside: only read, each opened when it is first asked for. */
export interface EarlierStreams {
  names(): Promise<StreamId[]>;
  /** Nothing for a stream that is not kept here. */
  read(stream: StreamId, after: number, limit: number): Promise<JournalPage>;
  /** The files of one that is kept here. */
  log(stream: StreamId): Promise<StreamLog | undefined>;
  close(): Promise<void>;
}

export function earlierStreams(
  disk: Disk,
  folder: string,
  open: (stream: StreamId) => Promise<StreamLog>,
): EarlierStreams {
  const logs = new Map<StreamId, Promise<StreamLog>>();

  async function names(): Promise<StreamId[]> {
    const found = await disk.list(folder);
    return found
      .flatMap((name) => {
        const id = streamId.safeParse(name);
        return id.success ? [id.data] : [];
      })
      .toSorted();
  }

  async function opened(stream: StreamId): Promise<StreamLog | undefined> {
    const known = logs.get(stream);
    if (known !== undefined) return known;
    // Opening makes the folder: a stream nobody has must not come into being by being asked for.
    if (!(await names()).includes(stream)) return undefined;
    const opening = open(stream);
    logs.set(stream, opening);
    // One that could not be opened is tried again at the next question.
    opening.catch(() => logs.delete(stream));
    return opening;
  }

  return {
    names,
    log: opened,
    async read(stream, after, limit) {
      return (await (await opened(stream))?.read(after, limit)) ?? { events: [], locked: [] };
    },
    async close() {
      const open = await Promise.allSettled(logs.values());
      for (const log of open) if (log.status === 'fulfilled') await log.value.close();
    },
  };
}
