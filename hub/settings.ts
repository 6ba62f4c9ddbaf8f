import { resolve } from 'node:path';
import { z } from 'zod';
import { secureAddress } from '../shared/policy/values.ts';
import { OWN_CODES, roleCodes, type RoleCodes } from '../shared/identity/roles.ts';
import { problemOf, type Problem } from '../shared/problem.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { jsonOf } from '../shared/json.ts';

export interface HubSettings {
  readonly host: string;
  /** 0 asks the system for any free port. */
  readonly port: number;
  /** Folder of the embedded PostgreSQL server. */
  readonly dataFolder: string;
  /** False when nobody chose the folder, so that another may be taken where it cannot work. */
  readonly dataFolderChosen: boolean;
  /** The organisation's own PostgreSQL. Set, no embedded server is started. */
  readonly databaseUrl: string | undefined;
  /** A code to accept for enrolling one desk, given by whoever starts the hub. */
  readonly enrolCode: string | undefined;
  /** Put the invented county into a hub that has no directory. */
  readonly demonstration: boolean;
  readonly logLevel: string;
  /** Where rotated log files are kept, beside standard error. Undefined: none are. */
  readonly logFolder: string | undefined;
  /** Whose tokens name people. Undefined: nobody is asked who they are, a demonstration. */
  readonly people: PeopleSettings | undefined;
  /** Who sends referrals: what receivers are told, and the address at which they reach this hub. */
  readonly serviceName: string | undefined;
  readonly serviceOds: string | undefined;
  readonly publicUrl: string | undefined;
}

export interface PeopleSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly codes: RoleCodes;
  /** How long ago a supervisor may have proved who they are for what only a supervisor does (ms). */
  readonly stepUpMs: number;
  readonly stepUpAcr: string | undefined;
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535');

const environment = z.object({
  LANTERN_HUB_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or address')
    .default('127.0.0.1'),
  LANTERN_HUB_PORT: port.default(7110),
  LANTERN_HUB_DATA: z.string().min(1).optional(),
  // The message never shows the value: a database URL holds a password.
  DATABASE_URL: z
    .string()
    .refine((value) => ['postgres:', 'postgresql:'].includes(URL.parse(value)?.protocol ?? ''), {
      message: 'must be a postgres:// address',
    })
    .optional(),
  LANTERN_ENROL_CODE: z.string().min(16, 'must be at least 16 characters').max(200).optional(),
  LANTERN_HUB_DEMONSTRATION: z.enum(['0', '1']).default('0'),
  LANTERN_SIGN_IN_ISSUER: secureAddress.transform((text) => new URL(text)).optional(),
  LANTERN_SIGN_IN_CLIENT_ID: z.string().max(200).default('lantern-desk'),
  LANTERN_ROLE_CODES: z
    .string()
    .max(20_000)
    .transform((text, context) => {
      const parsed = roleCodes.safeParse(jsonOf(text));
      if (parsed.success) return parsed.data;
      context.addIssue('must be a JSON object of the issuer’s role codes and what they are here');
      return z.NEVER;
    })
    .default(OWN_CODES),
  LANTERN_STEP_UP_MINUTES: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'must be minutes, from 1 to 999')
    .transform(Number)
    .default(5),
  LANTERN_STEP_UP_ACR: z.string().min(1).max(300).optional(),
  LANTERN_SERVICE_NAME: z.string().trim().min(1).max(200).optional(),
  LANTERN_SERVICE_ODS: z
    .string()
    .regex(/^[A-Z0-9]{3,12}$/, 'must be an ODS code')
    .optional(),
  LANTERN_HUB_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an https:// address' })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  LANTERN_HUB_LOG_FOLDER: z.string().min(1).optional(),
  LANTERN_HUB_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Reads the hub's settings from environment variables. An empty variable counts as not set. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Result<HubSettings, Problem> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) return err(problemOf('settings.invalid', parsed.error));
  const value = parsed.data;
  return ok({
    host: value.LANTERN_HUB_HOST,
    port: value.LANTERN_HUB_PORT,
    dataFolder: resolve(cwd, value.LANTERN_HUB_DATA ?? '.lantern/hub'),
    dataFolderChosen: value.LANTERN_HUB_DATA !== undefined,
    databaseUrl: value.DATABASE_URL,
    enrolCode: value.LANTERN_ENROL_CODE,
    demonstration: value.LANTERN_HUB_DEMONSTRATION === '1',
    logLevel: value.LANTERN_HUB_LOG,
    logFolder:
      value.LANTERN_HUB_LOG_FOLDER === undefined ? undefined : resolve(cwd, value.LANTERN_HUB_LOG_FOLDER),
    people:
      value.LANTERN_SIGN_IN_ISSUER === undefined
        ? undefined
        : {
            issuer: value.LANTERN_SIGN_IN_ISSUER,
            clientId: value.LANTERN_SIGN_IN_CLIENT_ID,
            codes: value.LANTERN_ROLE_CODES,
            stepUpMs: value.LANTERN_STEP_UP_MINUTES * 60_000,
            stepUpAcr: value.LANTERN_STEP_UP_ACR,
          },
    serviceName: value.LANTERN_SERVICE_NAME,
    serviceOds: value.LANTERN_SERVICE_ODS,
    publicUrl: value.LANTERN_HUB_PUBLIC_URL,
  });
}
