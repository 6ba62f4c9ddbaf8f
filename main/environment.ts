import { join, resolve } from 'node:path';
import { z } from 'zod';
import { enrolRequest } from '../shared/sync/protocol.ts';
import { role, type Role } from '../shared/events/vocabulary.ts';
import { type Problem } from '../shared/problem.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { DEFAULT_HUB_URL, parseHubUrl } from './services/hub/address.ts';

/** What the environment says, parsed. */
export interface Environment {
  /** LANTERN_DATA: the folder for everything Lantern keeps on this computer. */
  readonly data: string;
  /** LANTERN_PROFILE: the name of the profile. */
  readonly profile: string;
  /** LANTERN_DESK_PORT: the browser host's port. One profile keeps one port: IndexedDB belongs to an origin. */
  readonly deskPort: number;
  /** LANTERN_HUB_URL. `hubIsGiven` is false when it is only the default. */
  readonly hubUrl: URL;
  readonly hubIsGiven: boolean;
  /** LANTERN_HUB_PORT: where `npm start` runs its hub. */
  readonly hubPort: number;
  /** LANTERN_ENROL_CODE: registers this desk at a hub that does not know it. */
  readonly enrolCode: string | undefined;
  /** LANTERN_ROLE: as whom the development profile signs in. */
  readonly role: Role;
  /** LANTERN_PASSPHRASE_FILE: its first line protects the data keys, where the system has no key store. */
  readonly passphraseFile: string | undefined;
  /** LANTERN_RECOVERY_KEY_FILE: the organisation's public recovery key, JWK or PEM. */
  readonly recoveryKeyFile: string | undefined;
  /** LANTERN_PACK_FOLDER: where the downtime pack is kept, a folder that IT can reach. */
  readonly packFolder: string;
  /** LANTERN_POSTCODES: a postcode index made by `npm run postcodes`. */
  readonly postcodes: string | undefined;
  /** LANTERN_HOST: forces a host. */
  readonly host: 'electron' | 'browser' | undefined;
}

const port = (fallback: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 1024 to 65535')
    .transform(Number)
    .refine((value) => value >= 1024 && value <= 65_535, 'must be a port number from 1024 to 65535')
    .default(fallback);

const variables = z.object({
  LANTERN_DATA: z.string().min(1, 'must be a folder').default('.lantern'),
  LANTERN_PROFILE: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes')
    .default('development'),
  LANTERN_DESK_PORT: port(7111),
  LANTERN_HUB_URL: z.string().optional(),
  LANTERN_HUB_PORT: port(7110),
  LANTERN_ENROL_CODE: enrolRequest.shape.code.optional(),
  LANTERN_ROLE: z.enum(role.options, 'must be adviser, clinician or supervisor').default('adviser'),
  LANTERN_PASSPHRASE_FILE: z.string().optional(),
  LANTERN_RECOVERY_KEY_FILE: z.string().optional(),
  LANTERN_PACK_FOLDER: z.string().optional(),
  LANTERN_POSTCODES: z.string().optional(),
  LANTERN_HOST: z.enum(['electron', 'browser'], 'must be electron or browser').optional(),
});

/** Reads Lantern's variables; an empty one counts as not set. A Problem's `field` is the variable's name. */
export function parseEnvironment(
  variablesGiven: Readonly<Record<string, string | undefined>>,
): Result<Environment, Problem> {
  const filled = Object.entries(variablesGiven).filter(([, value]) => value !== '');
  const parsed = variables.safeParse(Object.fromEntries(filled));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue === undefined ? '(whole)' : issue.path.map(String).join('.');
    return err({ code: 'settings.invalid', field, message: issue?.message ?? 'not valid' });
  }
  const given = parsed.data;
  const hubUrl = parseHubUrl(
    given.LANTERN_HUB_URL ?? DEFAULT_HUB_URL.replace('7110', String(given.LANTERN_HUB_PORT)),
  );
  if (!hubUrl.ok) return hubUrl;
  return ok({
    data: resolve(given.LANTERN_DATA),
    profile: given.LANTERN_PROFILE,
    deskPort: given.LANTERN_DESK_PORT,
    hubUrl: hubUrl.value,
    hubIsGiven: given.LANTERN_HUB_URL !== undefined,
    hubPort: given.LANTERN_HUB_PORT,
    enrolCode: given.LANTERN_ENROL_CODE,
    role: given.LANTERN_ROLE,
    passphraseFile: given.LANTERN_PASSPHRASE_FILE,
    recoveryKeyFile: given.LANTERN_RECOVERY_KEY_FILE,
    packFolder: resolve(given.LANTERN_PACK_FOLDER ?? join(given.LANTERN_DATA, 'downtime-pack')),
    postcodes: given.LANTERN_POSTCODES === undefined ? undefined : resolve(given.LANTERN_POSTCODES),
    host: given.LANTERN_HOST,
  });
}

/** One line for the terminal. */
export const problemLine = ({ field, message }: Problem): string =>
  `Lantern cannot start: ${field} ${message}`;
