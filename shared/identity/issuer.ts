import { z } from 'zod';

/** Addresses on this computer itself, where plain HTTP is not read by anybody else. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;

/** An OpenID Connect issuer's address as its discovery document spells it: HTTPS, or on this computer. */
export const issuerText = z
  .url()
  .max(500)
  .refine((text) => text.startsWith('https://') || LOOPBACK.test(text), 'must be an https:// address')
  .refine((text) => !/[?#@]/.test(text), 'must have no query, fragment or user');

export const clientId = z.string().regex(/^[\w.:@-]{1,200}$/, 'must be letters, digits and . : @ _ -');
