import { join } from 'node:path';
import { z } from 'zod';
import { boxed } from '../../../shared/boxes/box.ts';
import { role, shortText } from '../../../shared/events/vocabulary.ts';
import { personRole } from '../../../shared/identity/roles.ts';
import { type DeskId } from '../../../shared/ids.ts';
import { type Clock, utcMs } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { type Log } from '../../ports/log.ts';
import { readJsonFile, setAside, writeJsonFile } from '../json-file.ts';
import { type Vault } from '../vault/vault.ts';
import { verifier } from './passphrase.ts';

const keptPerson = z.strictObject({
  id: shortText,
  name: shortText,
  role,
  roles: z.array(personRole),
  /** When the issuer last vouched for them at this desk. */
  verifiedAt: utcMs,
  offline: verifier.exactOptional(),
  /** Wrong passphrases since the last right one. */
  tries: z.int().min(0),
});
export type KeptPerson = z.infer<typeof keptPerson>;

/** What is kept about people who signed in at this desk: in a box of the profile's data key, tokens included. */
export const keptPeople = z.strictObject({
  v: z.literal(1),
  people: z.array(keptPerson).max(500),
  /** The latest time this PC has shown. */
  latest: utcMs,
  /** Who was signed in, and the token that renews it. */
  session: z
    .strictObject({ person: shortText, refreshToken: z.string().max(20_000).exactOptional() })
    .exactOptional(),
});
export type KeptPeople = z.infer<typeof keptPeople>;

const file = z.strictObject({ v: z.literal(1), people: boxed });
const NOBODY: KeptPeople = { v: 1, people: [], latest: 0 };

export interface PeopleFile {
  readonly first: KeptPeople;
  /** One write after the other; resolves when this one is on the disk. */
  write(people: KeptPeople): Promise<void>;
}

/** `<profile>/people.json`. One that cannot be read is kept aside: everybody signs in with the issuer again. */
export async function openPeopleFile(options: {
  readonly folder: string;
  readonly desk: DeskId;
  readonly disk: Disk;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<PeopleFile> {
  const { folder, desk, disk, vault, clock, log } = options;
  const path = join(folder, 'people.json');
  const about = ['people', desk] as const;
  const read = await readJsonFile(disk, path, file);
  let first = NOBODY;
  if (read.kind !== 'missing') {
    const opened = read.kind === 'good' ? vault.open(read.value.people, about) : undefined;
    const parsed = keptPeople.safeParse(opened?.kind === 'open' ? JSON.parse(opened.text) : undefined);
    if (parsed.success) first = parsed.data;
    else {
      await setAside(disk, path, clock);
      log.warn({ code: 'people.unreadable', message: 'who signed in here before could not be read' });
    }
  }
  let last: Promise<void> = Promise.resolve();
  return {
    first,
    write(people) {
      const write = (): Promise<void> =>
        writeJsonFile(disk, path, { v: 1, people: vault.seal(JSON.stringify(people), about) });
      last = last.then(write, write);
      return last;
    },
  };
}
