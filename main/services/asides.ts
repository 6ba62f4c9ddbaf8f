import { join } from 'node:path';
import { streamId, type StreamId } from '../../shared/ids.ts';
import { type Disk } from '../ports/disk.ts';

/** A copy that a repair set aside: a file as it was before lines that could not be read were left out. In a box. */
export interface Aside {
  readonly path: string;
  /** For people: the place in the profile. */
  readonly name: string;
  /** Whose lines it holds; none for half-typed text. */
  readonly stream?: StreamId;
}

export interface AsidePlaces {
  readonly journal: string;
  readonly drafts: string;
}

/** `<profile>/journal` and `<profile>/drafts`. */
export const asidePlaces = (profile: string): AsidePlaces => ({
  journal: join(profile, 'journal'),
  drafts: join(profile, 'drafts'),
});

const OF_JOURNAL = /\.log\.damaged/;
const OF_DRAFTS = /^drafts\.(log\.damaged|locked-.+\.log)$/;

/** Every copy that was set aside in a profile. Rejects when the disk refuses. */
export async function asidesOf({ journal, drafts }: AsidePlaces, disk: Pick<Disk, 'list'>): Promise<Aside[]> {
  const found: Aside[] = [];
  for (const folder of (await disk.list(journal)).toSorted()) {
    const stream = streamId.safeParse(folder);
    if (!stream.success) continue;
    const names = (await disk.list(join(journal, folder))).filter((name) => OF_JOURNAL.test(name));
    for (const name of names.toSorted())
      found.push({ path: join(journal, folder, name), name: `${folder}/${name}`, stream: stream.data });
  }
  const names = (await disk.list(drafts)).filter((name) => OF_DRAFTS.test(name));
  return [
    ...found,
    ...names.toSorted().map((name) => ({ path: join(drafts, name), name: `drafts/${name}` })),
  ];
}
