import { z } from 'zod';
import { shortText, type Role } from '../events/vocabulary.ts';
import { problemOf, type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { type UtcMs } from '../time.ts';
import { isCallRole, type PersonRole, type RoleCodes } from './roles.ts';

/** A person as an issuer's ID token names them. */
export interface Person {
  /** The issuer's own id for them (`sub`): the author of their events. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly PersonRole[];
  /** The role they write events in: the one they chose at the issuer, else the first that takes calls. */
  readonly role: Role | undefined;
  /** When they last proved who they are, and how strongly, where the issuer said. */
  readonly authenticatedAt: UtcMs | undefined;
  readonly acr: string | undefined;
  readonly amr: readonly string[];
}

const text = z.string().min(1).max(300);
/** One of CIS2's RBAC roles; its role code is what the organisation maps. */
const rbacRole = z.object({ person_roleid: text.optional(), role_code: text.optional() });

/** The claims that are read, in the shape of NHS Care Identity Service 2; `lantern_roles` for other issuers. */
const claims = z.object({
  sub: shortText.regex(/^\P{Cc}*$/u, 'must not have control characters'),
  name: shortText.optional(),
  given_name: shortText.optional(),
  family_name: shortText.optional(),
  auth_time: z.int().min(0).optional(),
  acr: text.optional(),
  amr: z.array(text).max(20).optional(),
  lantern_roles: z.array(text).max(50).optional(),
  nhsid_nrbac_roles: z.array(rbacRole).max(200).optional(),
  selected_roleid: text.optional(),
});

/**
 * Reads a person from the claims of an ID token whose signature, issuer, audience and times have been checked already.
 * A person without any role that `codes` knows is still somebody, with no roles. Pure.
 */
export function readPerson(payload: unknown, codes: RoleCodes): Result<Person, Problem> {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return err(problemOf('person.badClaims', parsed.error));
  const { sub, name, given_name: given, family_name: family, auth_time: authTime, acr, amr } = parsed.data;
  const rbac = parsed.data.nhsid_nrbac_roles ?? [];
  const chosen = rbac.find((one) => one.person_roleid === parsed.data.selected_roleid);
  // The selected role comes first: it is the one that counts for what they write.
  const codesGiven = [
    ...(parsed.data.selected_roleid !== undefined && chosen?.role_code !== undefined
      ? [chosen.role_code]
      : []),
    ...(parsed.data.lantern_roles ?? []),
    ...rbac.flatMap(({ role_code: code }) => (code === undefined ? [] : [code])),
  ];
  const known = new Map(Object.entries(codes));
  const roles = [...new Set(codesGiven.flatMap((code) => known.get(code) ?? []))];
  const full = [given, family].filter((part) => part !== undefined).join(' ');
  return ok({
    id: sub,
    name: name ?? (full === '' ? sub : full),
    roles,
    role: roles.find(isCallRole),
    authenticatedAt: authTime === undefined ? undefined : authTime * 1000,
    acr,
    amr: amr ?? [],
  });
}
