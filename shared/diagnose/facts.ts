import { z } from 'zod';
import { cause } from '../log/cause.ts';
import { SOURCES } from '../policy/resolve.ts';
import { utcMs } from '../time.ts';

/**
 * What `lantern diagnose` found, as facts. CLOSED: numbers, dates, words of lists and names of settings; no path, no host
 * name, no value of a text setting, nothing that a person typed. Two exceptions, neither from this PC's people: who issued
 * the hub's certificate, and where the proxy is.
 */
const bytes = z.int().min(0);
const count = z.int().min(0);
const port = z.int().min(0).max(65_535);
/** A version, of a program or a system. */
const version = z.string().regex(/^[\w.+~-]{1,80}$/);

const outcome = z.enum(['well', 'failed', 'tooLong', 'notTried']);
const step = z.strictObject({
  outcome,
  ms: z.int().min(0).exactOptional(),
  cause: cause.exactOptional(),
});
export type Step = z.infer<typeof step>;

const source = z.enum(SOURCES);
const policyFact = z.strictObject({
  key: z.string().regex(/^[a-zA-Z]{1,40}$/),
  source,
  overrode: z.array(source),
  isSet: z.boolean(),
  /** Of switches, numbers and choices alone; what a text says, `lantern policy` shows. */
  value: z.union([z.boolean(), z.number(), z.string().regex(/^[a-zA-Z]{1,40}$/)]).exactOptional(),
});
export type PolicyFact = z.infer<typeof policyFact>;

/** One certificate of the chain that the hub showed, its own first. */
const certificate = z.strictObject({
  issuer: z.string().max(100),
  notAfter: utcMs,
  /** Whole days until then; below 0 once it has passed. */
  daysLeft: z.int(),
});
export type Certificate = z.infer<typeof certificate>;

const proxy = z.strictObject({
  /** How a request would leave. `pac`: by a script that this host does not follow. */
  kind: z.enum(['none', 'http', 'socks', 'pac', 'unknown']),
  /** `host:port`; a name and a password in front are taken off. */
  at: z
    .string()
    .regex(/^[\w.[\]:-]{1,260}$/)
    .exactOptional(),
});
export type ProxyFact = z.infer<typeof proxy>;

export const tlsVersion = z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);

export const hubFacts = z.strictObject({
  scheme: z.enum(['http', 'https']),
  port,
  /** The hub is on this very PC. */
  isHere: z.boolean(),
  proxy,
  /** Straight to the hub, without a proxy: behind one these may fail while `http` does well. */
  dns: step,
  tcp: step,
  tls: step,
  /** As the desk itself asks, by its proxy and with its trust. */
  http: step,
  /** HTTP's status, of whatever answered. */
  status: z.int().min(100).max(599).exactOptional(),
  isHub: z.boolean(),
  tlsVersion: tlsVersion.exactOptional(),
  certificates: z.array(certificate).max(10),
  /** What this PC's clock shows more than the hub's (ms), and how exact that is. */
  clock: z.strictObject({ aheadMs: z.int(), withinMs: count }).exactOptional(),
});
export type HubFacts = z.infer<typeof hubFacts>;

export const profileFacts = z.strictObject({
  state: z.enum(['missing', 'unreadable', 'free', 'inUse', 'leftLocked']),
  cause: cause.exactOptional(),
  bytes: bytes.exactOptional(),
});

const fileState = z.enum(['missing', 'good', 'damaged', 'unreadable']);
export const keyFacts = z.strictObject({
  state: fileState,
  keys: count,
  /** Keys under each kind of protection. */
  under: z.strictObject({ os: count, passphrase: count, file: count }),
  /** Keys that the organisation's recovery key opens too. */
  recoverable: count,
  /** Rings whose keys could not be opened and were set aside. */
  lostRings: count,
});

export const enrolment = z.enum([
  'enrolled',
  'unknownToHub',
  'revoked',
  'ended',
  'keyNotOpened',
  'couldNotAsk',
  'notAsked',
]);

export const journalFacts = z.strictObject({
  state: z.enum(['missing', 'read', 'unreadable']),
  cause: cause.exactOptional(),
  streams: count,
  segments: count,
  events: count,
  damagedLines: count,
  /** Files that end in half a line: a write that was never confirmed. */
  tornFiles: count,
  unreadableFiles: count,
  /** Numbers that no line holds and that were not purged. */
  missingNumbers: count,
  /** At most so many entries are not at the hub, by the best that is known. */
  unsent: count,
  /** Who said how far the hub is: the hub just now, this desk when it last heard, or nobody. */
  unsentBy: z.enum(['hub', 'desk', 'nobody']),
  lastSyncAt: utcMs.exactOptional(),
  purgedCalls: count,
  lastPurgeAt: utcMs.exactOptional(),
  isPurgeListBroken: z.boolean(),
});
export type JournalFacts = z.infer<typeof journalFacts>;

export const diagnosis = z.strictObject({
  v: z.literal(1),
  at: utcMs,
  program: z.strictObject({
    lantern: version,
    host: z.enum(['electron', 'browser']),
    node: version,
    electron: version.exactOptional(),
    chromium: version.exactOptional(),
    system: z.enum(['win32', 'darwin', 'linux', 'other']),
    systemRelease: version,
    architecture: z.enum(['x64', 'arm64', 'other']),
    content: version,
    protocol: z.int(),
    /** Of the policy's schema: how many keys this version knows. */
    policyKeys: count,
  }),
  policy: z.strictObject({
    mode: z.enum(['unmanaged', 'managed', 'minimal']),
    /** Keys that make it unusable; `other` for what is no key. */
    wrong: z.array(z.string().regex(/^[a-zA-Z]{1,40}$/)),
    notices: count,
    keys: z.array(policyFact),
  }),
  profile: profileFacts,
  keyStore: keyFacts,
  desk: z.strictObject({ identity: fileState, enrolment }),
  journal: journalFacts,
  disk: z.strictObject({ freeBytes: bytes, totalBytes: bytes }).exactOptional(),
  /** What the desktop program last found of Electron's own checklist; absent in the browser host. */
  hardening: z
    .strictObject({
      at: utcMs,
      held: count,
      broken: z.array(z.string().regex(/^[a-zA-Z]{1,40}$/)),
      notChecked: count,
    })
    .exactOptional(),
  /** The window's database, as the window last told. */
  storage: z.strictObject({ usedBytes: bytes, quotaBytes: bytes, toldAt: utcMs }).exactOptional(),
  /** Absent: a policy that cannot be trusted lets nothing be contacted. */
  hub: hubFacts.exactOptional(),
});
export type Diagnosis = z.infer<typeof diagnosis>;
