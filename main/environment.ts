import { resolve } from 'node:path';
import { z } from 'zod';
import { role, type Role } from '../shared/events/vocabulary.ts';
import { fromWords } from '../shared/policy/kind.ts';
import { aboutKey, type Policy, policyKeys, schemaOf } from '../shared/policy/policy.ts';
import { type Problem, problemOf } from '../shared/problem.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** What the environment says, parsed. */
export interface Environment {
  /** LANTERN_WORLD: `training` is practice, with folders, a port and a database of its own, and nothing read from elsewhere. */
  readonly world: 'live' | 'training';
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
  /** LANTERN_IDENTITY_PORT: where `npm start` runs the demonstration's identity server. */
  readonly identityPort: number;
  /** LANTERN_SIGN_IN_AS: whom the demonstration's identity server signs in at the start without asking. */
  readonly signInAs: string | undefined;
  /** LANTERN_HOST: forces a host. */
  readonly host: 'electron' | 'browser' | undefined;
  /** LANTERN_POLICY_FILE: a policy to try out on a PC that has none. */
  readonly policyFile: string | undefined;
  /** Every variable that stands for a key of the policy: the `environment` source of `shared/policy`. */
  readonly policy: Partial<Policy>;
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 1024 to 65535')
  .transform(Number)
  .refine((value) => value >= 1024 && value <= 65_535, 'must be a port number from 1024 to 65535');
/** The browser host's port in each world: IndexedDB belongs to an address, so they never share one. */
const DESK_PORT = { live: 7111, training: 7121 };

const variables = z.object({
  LANTERN_WORLD: z.enum(['live', 'training'], 'must be live or training').default('live'),
  LANTERN_DATA: z.string().min(1, 'must be a folder').default('.lantern'),
  LANTERN_PROFILE: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes')
    .optional(),
  LANTERN_DESK_PORT: port.optional(),
  LANTERN_HUB_PORT: port.default(7110),
  LANTERN_IDENTITY_PORT: port.default(7112),
  LANTERN_SIGN_IN_AS: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be lower-case letters, digits and dashes')
    .optional(),
  LANTERN_ROLE: z.enum(role.options, 'must be adviser, clinician or supervisor').default('adviser'),
  LANTERN_HOST: z.enum(['electron', 'browser'], 'must be electron or browser').optional(),
  LANTERN_POLICY_FILE: z.string().optional(),
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
  const { LANTERN_DATA: data, LANTERN_PROFILE: profile } = given;
  if (given.LANTERN_WORLD === 'training') return ok(practice(given, resolve(data, 'training'), profile));
  const said = policyOf(variablesGiven);
  if (!said.ok) return said;
  const hubIsGiven = said.value.hubUrl !== undefined;
  const hubUrl = said.value.hubUrl ?? `http://127.0.0.1:${given.LANTERN_HUB_PORT}`;
  return ok({
    world: 'live',
    data: resolve(data),
    profile: profile ?? 'development',
    deskPort: given.LANTERN_DESK_PORT ?? DESK_PORT.live,
    hubUrl: new URL(hubUrl),
    hubIsGiven,
    hubPort: given.LANTERN_HUB_PORT,
    enrolCode: said.value.enrolCode,
    role: given.LANTERN_ROLE,
    identityPort: given.LANTERN_IDENTITY_PORT,
    signInAs: given.LANTERN_SIGN_IN_AS,
    passphraseFile: said.value.passphraseFile,
    recoveryKeyFile: said.value.recoveryKeyFile,
    host: given.LANTERN_HOST,
    policyFile: given.LANTERN_POLICY_FILE,
    // A hub of one's own on another port: the address follows it.
    policy: variablesGiven['LANTERN_HUB_PORT'] ? { ...said.value, hubUrl } : said.value,
  });
}

/**
 * The training world: everything below one folder, an address of its own, and no word of a hub, a code, a key or a policy, whatever
 * the variables say. `hubUrl` stands for nothing that could be reached.
 */
function practice(
  given: z.output<typeof variables>,
  folder: string,
  profile: string | undefined,
): Environment {
  return {
    world: 'training',
    data: folder,
    profile: profile === undefined ? 'training' : `training-${profile}`.slice(0, 40),
    deskPort: given.LANTERN_DESK_PORT ?? DESK_PORT.training,
    hubUrl: new URL('https://practice.invalid'),
    hubIsGiven: false,
    hubPort: given.LANTERN_HUB_PORT,
    enrolCode: undefined,
    role: given.LANTERN_ROLE,
    identityPort: given.LANTERN_IDENTITY_PORT,
    signInAs: undefined,
    passphraseFile: undefined,
    recoveryKeyFile: undefined,
    host: given.LANTERN_HOST,
    policyFile: undefined,
    policy: {},
  };
}

/** The variables that stand for keys of the policy, each as its own key's schema has it. */
function policyOf(given: Readonly<Record<string, string | undefined>>): Result<Partial<Policy>, Problem> {
  const values: Record<string, unknown> = {};
  for (const key of policyKeys) {
    const { variable } = aboutKey(key);
    const text = variable === undefined ? undefined : given[variable];
    if (variable === undefined || text === undefined || text === '') continue;
    const parsed = schemaOf(key).safeParse(fromWords(key, text));
    if (!parsed.success) {
      return err({ ...problemOf('settings.invalid', parsed.error), field: variable });
    }
    values[key] = parsed.data;
  }
  return ok(values);
}

/** One line for the terminal. */
export const problemLine = ({ field, message }: Problem): string =>
  `Lantern cannot start: ${field} ${message}`;
