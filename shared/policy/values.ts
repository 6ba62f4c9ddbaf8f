import { z } from 'zod';

/** The kinds of value a policy holds besides words, numbers and choices. Pure: shared code has no URL parser. */

const PATH = String.raw`(?:/[\w.~!$&'()*+,;=:@%/-]*)?`;
const HOST = String.raw`[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?`;
const HERE = String.raw`(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?`;
const pattern = (text: string): RegExp => new RegExp(`^(?:${text})$`, 'i');

const ADDRESS =
  'must be an address such as https://hub.example, without user name or query (http:// is for this computer alone)';
const ORIGIN = 'must be an origin such as https://hub.example, without a path';

/** https to anywhere; plain http to this computer alone: events are never sent in the clear. */
export const secureAddress = z
  .url(ADDRESS)
  .max(500)
  .regex(pattern(`https://${HOST}${PATH}|http://${HERE}${PATH}`), ADDRESS);

/** Scheme, host and port, as browsers write an origin: no path, no capital letters. */
export const webOrigin = z
  .url(ORIGIN)
  .max(300)
  .toLowerCase()
  .regex(pattern(`https://${HOST}|http://${HERE}`), ORIGIN);

/** The origin of a `secureAddress`. */
export const originOf = (address: string): string =>
  (/^[a-z]+:\/\/[^/]+/i.exec(address)?.[0] ?? '')
    .toLowerCase()
    .replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2');

const PROXY =
  'must be system, direct, the address of a proxy such as http://proxy.example:8080 (no path, no password), or pac: and the address of a PAC file';

/** How the network is reached. A PAC file may be fetched without TLS: many are, and Lantern's own traffic is not. */
export const proxySetting = z
  .string()
  .max(500)
  .regex(pattern(`system|direct|https?://${HOST}|pac:https?://${HOST}${PATH}`), PROXY);

/** OpenID Connect scopes, parted by single spaces; the first is `openid`. */
export const scopes = z
  .string()
  .max(300)
  .regex(/^openid(?: [\w:./-]{1,60})*$/, 'must be scopes with spaces between them, beginning with openid');

/** A path on this computer. Whether the file is there is said by whoever opens it. */
export const file = z.string().min(1).max(500);
