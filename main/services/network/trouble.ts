import { causeOf } from '../../ports/log.ts';
import { NotAllowed } from '../hub/only-to.ts';

/** What stood in the way of a request, as far as it matters for who can mend it. */
export type TroubleKind = 'policy' | 'certificate' | 'tls' | 'proxy' | 'silence' | 'network';

/** `words` are for a person and quote nothing that was sent or received. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly words: string;
}

type Words = (who: string) => string;
const EXPIRED: Words = (who) =>
  `${who} shows a certificate that is out of date: nothing was sent; look at the clock of this PC, then tell IT`;
const WRONG_NAME: Words = (who) => `${who} shows a certificate for another name: nothing was sent; tell IT`;
const UNTRUSTED: Words = (who) =>
  `${who} shows a certificate that this PC does not trust: nothing was sent; tell IT`;
const OLD_TLS: Words = (who) => `${who} speaks no TLS of version 1.2 or newer: nothing was sent; tell IT`;
const PASSWORD: Words = (who) =>
  `the proxy on the way to ${who} asks for a password, which Lantern does not have: tell IT`;
const PROXY: Words = (who) => `${who} cannot be reached through the proxy of this network: tell IT`;
const PAC: Words = (who) =>
  `the policy names a PAC file, which only the desktop program follows, so ${who} is not contacted: tell IT`;
const NOBODY: Words = (who) => `nothing answers at ${who}’s address`;

/** Node's codes, and Chromium's for the same. */
const BY_CODE: readonly [RegExp, TroubleKind, Words][] = [
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_CERT_DATE_INVALID)$/, 'certificate', EXPIRED],
  [/^(?:ERR_TLS_CERT_ALTNAME_INVALID|ERR_CERT_COMMON_NAME_INVALID)$/, 'certificate', WRONG_NAME],
  [
    /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_.*|INVALID_CA|ERR_CERT_.*)$/,
    'certificate',
    UNTRUSTED,
  ],
  [
    /^(?:EPROTO|ERR_SSL_VERSION_OR_CIPHER_MISMATCH|ERR_SSL_(?:.*_)?(?:UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|WRONG_VERSION_NUMBER|PROTOCOL_ERROR|NO_PROTOCOLS_AVAILABLE))$/,
    'tls',
    OLD_TLS,
  ],
  [/^(?:LANTERN_PROXY_AUTH|ERR_PROXY_AUTH_.*|ERR_UNEXPECTED_PROXY_AUTH)$/, 'proxy', PASSWORD],
  [/^LANTERN_PAC$/, 'proxy', PAC],
  [
    /^(?:LANTERN_PROXY|ERR_TUNNEL_CONNECTION_FAILED|ERR_PROXY_.*|ERR_PAC_.*|ERR_MANDATORY_PROXY_.*)$/,
    'proxy',
    PROXY,
  ],
  [/^(?:ECONNREFUSED|ERR_CONNECTION_REFUSED)$/, 'network', NOBODY],
];

/** Why a request to `who` (“the hub”) got no answer. Takes whatever a `Fetch` rejected with. */
export function troubleOf(error: unknown, who: string): Trouble {
  if (error instanceof Error && error.name === 'TimeoutError')
    return { kind: 'silence', words: `${who} did not answer in time` };
  if (error instanceof NotAllowed)
    return { kind: 'policy', words: 'this PC’s policy cannot be used, so nothing is contacted: tell IT' };
  const code = causeOf(error);
  const known = BY_CODE.find(([pattern]) => pattern.test(code));
  if (known === undefined) return { kind: 'network', words: `${who} cannot be reached (${code})` };
  const [, kind, words] = known;
  return { kind, words: words(who) };
}
