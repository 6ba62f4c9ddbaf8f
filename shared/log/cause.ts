import { z } from 'zod';

/**
 * What may be written down about why something failed: a word of this list, never an error's own text. A system's message
 * quotes paths and input; even its code is only taken when it is one of these. Anything else is `other`.
 */
const SYSTEM =
  'EACCES EADDRINUSE EADDRNOTAVAIL EAGAIN EBADF EBUSY ECANCELED ECONNABORTED ECONNREFUSED ECONNRESET EDQUOT EEXIST EFBIG EHOSTDOWN EHOSTUNREACH EINTR EINVAL EIO EISDIR ELOOP EMFILE EMLINK ENAMETOOLONG ENETDOWN ENETUNREACH ENFILE ENODEV ENOENT ENOEXEC ENOMEM ENOSPC ENOSYS ENOTCONN ENOTDIR ENOTEMPTY ENOTFOUND ENOTSUP ENXIO EPERM EPIPE EPROTO EROFS ESPIPE ESRCH ESTALE ETIMEDOUT ETXTBSY EXDEV EAI_AGAIN EAI_FAIL EAI_NODATA EAI_NONAME ENODATA ESERVFAIL';
/** Of the browser host's own way to the network. */
const WAY = 'LANTERN_PAC LANTERN_PROXY LANTERN_PROXY_AUTH';
/** OpenSSL's verdicts on a certificate, as Node names them. */
const CERTIFICATE =
  'UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_GET_CRL UNABLE_TO_VERIFY_LEAF_SIGNATURE CERT_SIGNATURE_FAILURE CERT_NOT_YET_VALID CERT_HAS_EXPIRED CERT_UNTRUSTED CERT_REVOKED CERT_REJECTED CERT_CHAIN_TOO_LONG DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN INVALID_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED HOSTNAME_MISMATCH';
const UNDICI =
  'UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT UND_ERR_SOCKET UND_ERR_ABORTED UND_ERR_HEADERS_OVERFLOW UND_ERR_DESTROYED UND_ERR_CLOSED';
const KINDS =
  'Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError AbortError TimeoutError DOMException QuotaExceededError InvalidStateError NotFoundError NotReadableError DataError ConstraintError VersionError UnknownError DatabaseError ZodError $ZodError NotAllowed Refused SystemError AssertionError FastifyError string number bigint boolean symbol undefined object function';

const KNOWN: ReadonlySet<string> = new Set(
  [SYSTEM, WAY, CERTIFICATE, UNDICI, KINDS].flatMap((words) => words.split(' ')),
);
/** Node's and Chromium's own codes: `ERR_TLS_CERT_ALTNAME_INVALID`, `ERR_PROXY_CONNECTION_FAILED`. */
const OWN_CODE =
  /^ERR_(ABORTED|ACCESS|ADDRESS|ASSERTION|BLOCKED|CERT|CONNECTION|CRYPTO|DNS|EMPTY|FAILED|FS|HTTP|HTTP2|HTTP_|INTERNET|INVALID|IPC|MODULE|NAME|NETWORK|OSSL|OUT|PAC|PROXY|QUIC|SOCKET|SOCKS|SSL|STREAM|SYSTEM|TIMED|TLS|TUNNEL|UNHANDLED|UNKNOWN|USE)(_[A-Z0-9]{1,20}){0,6}$/;
/** Fastify's own. */
const FST = /^FST_ERR_[A-Z_]{1,60}$/;

export const isCause = (text: string): boolean => KNOWN.has(text) || OWN_CODE.test(text) || FST.test(text);

export const cause = z.string().refine((text) => text === 'other' || isCause(text), 'is not a known cause');
export type Cause = z.infer<typeof cause>;

export const knownCause = (text: string): Cause => (isCause(text) ? text : 'other');

/** Of an unknown error: its code if that is known, else its kind, else the same of what it was caused by. */
export function causeOf(error: unknown): Cause {
  if (!(error instanceof Error)) return knownCause(typeof error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (isCause(code)) return code;
  // Chromium puts its code into the message, and nothing else of that is taken.
  const chromium = /net::(ERR_[A-Z_]{1,60})/.exec(error.message)?.[1] ?? '';
  if (isCause(chromium)) return chromium;
  if (error.cause instanceof Error) return causeOf(error.cause);
  return knownCause(error.name);
}
