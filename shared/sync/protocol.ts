import { z } from 'zod';
import { envelope } from '../events/event.ts';
import { callId, deskId, sha256Hex, streamId } from '../ids.ts';
import { problemSchema } from '../problem.ts';
import { utcMs } from '../time.ts';

/** The hub's HTTP protocol. Desk and hub compile against this one file. */
export const PROTOCOL_VERSION = 1;

/** Limits both sides keep. A batch over them is refused whole with 413; a desk never makes one. */
export const MAX_BATCH_EVENTS = 500;
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/**
 * Events of one stream, item i being number `from + i`. Items are not parsed here: one malformed item must not
 * hold back the others, and its number is known from its place.
 */
export const pushRequest = z.strictObject({
  v: z.literal(PROTOCOL_VERSION),
  from: z.int().min(1),
  events: z.array(z.unknown()).min(1).max(MAX_BATCH_EVENTS),
  /** What the desk's clock says while it sends: the hub sees by it how far off that clock is, and flags `clock`. */
  clock: utcMs.optional(),
});

/**
 * Stands in a batch for an event that no copy at the desk can give any more, so that its number is accounted for and
 * nothing behind it waits. The hub quarantines it with a receipt, unless it has the event already.
 */
export const lostItem = z.strictObject({ lost: z.literal(true), stream: streamId, seq: z.int().min(1) });

/** What a desk puts into a batch. */
export const sentItem = z.union([envelope, lostItem]);
export type SentItem = z.infer<typeof sentItem>;

/** Issued after COMMIT, numbered by the hub. `hash` is the hash of event `to`, or null if that one was quarantined. */
export const receipt = z.strictObject({
  n: z.int().min(1),
  stream: streamId,
  from: z.int().min(1),
  to: z.int().min(1),
  hash: sha256Hex.nullable(),
  at: utcMs,
});
export type Receipt = z.infer<typeof receipt>;

/**
 * Why the hub doubts an event that it has nevertheless stored. `otherDesk`: it names a desk that neither sent it nor
 * owned its stream before. `noLease`: it came after another desk had been given its call. `author`: it names a person
 * who has not signed in at that desk in that role.
 */
export const flagKind = z.enum([
  'brokenLink',
  'wrongHash',
  'fork',
  'unknownType',
  'notAllowed',
  'clock',
  'otherDesk',
  'noLease',
  'author',
]);
export type FlagKind = z.infer<typeof flagKind>;
export const flag = z.strictObject({ seq: z.int().min(1), kind: flagKind, detail: z.string() });
export type Flag = z.infer<typeof flag>;

/** An item that could not be read as an event. It is kept as it came, counts as received, and people can see it. */
export const quarantined = z.strictObject({ seq: z.int().min(1), problem: problemSchema });

/**
 * `acked`: every number up to this one is stored. It only grows. Sending a batch again answers with the receipts
 * issued the first time.
 */
export const pushResponse = z.strictObject({
  v: z.literal(PROTOCOL_VERSION),
  acked: z.int().min(0),
  receipts: z.array(receipt),
  flagged: z.array(flag),
  quarantined: z.array(quarantined),
});
export type PushResponse = z.infer<typeof pushResponse>;

/**
 * Where the hub has a stream: what a desk compares at start. The hub ahead of the desk: the desk was put back to an
 * older copy, and starts a new stream. The hub behind the receipts the desk has stored: the hub was restored from a
 * backup, and the desk sends again everything after `acked`, which is always safe; those receipts are void.
 */
export const streamHead = z.strictObject({
  stream: streamId,
  acked: z.int().min(0),
  hash: sha256Hex.nullable(),
});
export type StreamHead = z.infer<typeof streamHead>;

/** One page of everything stored for a call, in the hub's order. */
export const callEventsPage = z.strictObject({
  events: z.array(z.strictObject({ position: z.int().min(1), event: envelope })),
  next: z.int().min(1).nullable(),
});

/** A desk's public key (Ed25519 as a JWK), registered once with a code that works once. */
export const publicKeyJwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a 32-byte base64url value'),
});
export type PublicKeyJwk = z.infer<typeof publicKeyJwk>;
export const enrolRequest = z.strictObject({
  v: z.literal(PROTOCOL_VERSION),
  code: z.string().min(16).max(200),
  desk: deskId,
  name: z.string().trim().min(1).max(100),
  publicKey: publicKeyJwk,
});
export const enrolResponse = z.strictObject({ desk: deskId, enrolledAt: utcMs });

/**
 * What a desk signs to prove itself (JWT, EdDSA): `iss` and `sub` are the desk, `aud` is this constant, `jti` is new
 * for each request. `iat` and `exp` are in the HUB's time: a desk whose clock is off adds the difference it learns
 * from `hubTime`, so that a wrong clock never keeps events from the hub. Events keep the desk's own time.
 */
export const ASSERTION_AUDIENCE = 'lantern-hub';
export const ASSERTION_LIFETIME_MS = 60_000;

/** Every refusal has this body; the HTTP status says the class. `hubTime` is there when the desk's clock was at fault. */
export const refusal = z.object({ error: problemSchema, hubTime: utcMs.optional() });
export type Refusal = z.infer<typeof refusal>;

/** Codes of refusals that a desk acts upon by itself. Every other one is for a person to read. */
export const CODES = {
  /** Sign again with the hub's time. */
  assertionExpired: 'auth.expired',
  /** Sign again: each assertion works once. */
  assertionUsed: 'auth.used',
  /** Enrol, with a code from an administrator. Nothing is lost meanwhile: events wait at the desk. */
  unknownDesk: 'auth.unknownDesk',
  enrolmentExpired: 'auth.enrolmentExpired',
  revoked: 'auth.revoked',
  /** Desk and hub are of different versions: one of them must be brought up to date. */
  otherProtocol: 'request.otherProtocol',
  /** The stream is another desk's: claim it with the old key, or ask an administrator to release it. */
  notYours: 'stream.notYours',
  /** Another desk has the call: ask again with a reason to take it over. */
  leaseHeld: 'lease.held',
  /** Another desk has taken the call over: stop writing in it. */
  leaseLost: 'lease.lost',
  /** The call is another desk's: a lease comes before its events. */
  leaseNeeded: 'lease.needed',
  /** The token of the person at the desk has expired: ask the issuer for a new one and send again. */
  personExpired: 'person.expired',
  /** Nobody is signed in at the desk as far as the hub can tell: a person signs in. Events are taken all the same. */
  personNeeded: 'person.needed',
  /** The person must prove again who they are, now: for what only a supervisor does. */
  stepUpNeeded: 'person.stepUpNeeded',
  /** The person signed in has no role that may do this. */
  roleNeeded: 'person.roleNeeded',
} as const;

/**
 * Who sits at the desk: the issuer's ID token in this header, and its SHA-256 (base64url) in the claim `pth` of the
 * desk's assertion, so that neither can be put with another.
 */
export const PERSON_HEADER = 'lantern-person';
export const MAX_PERSON_TOKEN = 8_000;

/** Told after a sign-in, and when the policy at the desk has changed. `policy`: SHA-256 of what is in force there. */
export const sessionRequest = z.strictObject({
  v: z.literal(PROTOCOL_VERSION),
  policy: sha256Hex.exactOptional(),
});
export const sessionResponse = z.strictObject({ known: z.boolean() });

/**
 * A desk that was given a new identity proves with its old key that a stream was its own. `proof` is a JWT signed by
 * the old desk: `iss` and `sub` the old desk, `aud` CLAIM_AUDIENCE, `to` the new desk, `stream` the stream.
 */
export const CLAIM_AUDIENCE = 'lantern-hub-claim';
export const claimRequest = z.strictObject({ v: z.literal(PROTOCOL_VERSION), proof: z.string().max(4_000) });

/**
 * Who may write in a call. The desk that began a call has it without asking, so that calls can be taken without a
 * network. Any other desk needs a lease, which only the hub grants, and then writes in its own stream: the call is
 * the merge of both in the hub's order. An event that comes from a desk without the call is stored and flagged.
 */
export const LEASE_MS = 120_000;

/** Why a desk takes a call from the desk that has it. */
export const takeOverReason = z.enum([
  'handedOn',
  'deskFailed',
  'deskUnreachable',
  'endOfShift',
  'supervisor',
]);
export type TakeOverReason = z.infer<typeof takeOverReason>;

/** `takeOver` is needed while another desk has the call; without it the answer is then `lease.held`. */
export const leaseRequest = z.strictObject({
  v: z.literal(PROTOCOL_VERSION),
  takeOver: takeOverReason.optional(),
});

/** `fence` grows with each desk that gets the call. Renewing and giving back name it: an old one is `lease.lost`. */
export const leaseUse = z.strictObject({ v: z.literal(PROTOCOL_VERSION), fence: z.int().min(1) });

export const lease = z.strictObject({
  call: callId,
  desk: deskId,
  fence: z.int().min(1),
  grantedAt: utcMs,
  /** Renew before this. Later another desk gets the call without a reason. */
  expiresAt: utcMs,
  /** The desk that had it before, when it was taken over. */
  takenFrom: deskId.nullable(),
  reason: takeOverReason.nullable(),
});
export type Lease = z.infer<typeof lease>;

/** Who has a call. `desk` is null when it was given back; `lease` is null when the desk that began it has it. */
export const callHolder = z.strictObject({
  call: callId,
  desk: deskId.nullable(),
  /** What people call that desk. */
  deskName: z.string().nullable(),
  lease: lease.nullable(),
});
export type CallHolder = z.infer<typeof callHolder>;
