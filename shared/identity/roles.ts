import { z } from 'zod';
import { role, type Role } from '../events/vocabulary.ts';

/**
 * What a signed-in person may be. The first three take calls and are authors of events; a trainer and somebody of IT
 * are not, and see nothing that a caller said.
 */
export const personRole = z.enum([...role.options, 'trainer', 'it']);
export type PersonRole = z.infer<typeof personRole>;

export const isCallRole = (one: PersonRole): one is Role => role.safeParse(one).success;

/**
 * The issuer's own role codes and what they are here. A code that is not listed gives nothing: an unknown role never
 * opens a door.
 */
export const roleCodes = z.record(z.string().min(1).max(100), personRole);
export type RoleCodes = z.infer<typeof roleCodes>;

/** Lantern's own words, for issuers that can be told them. */
export const OWN_CODES: RoleCodes = Object.fromEntries(personRole.options.map((one) => [one, one]));
