import { z } from 'zod';
import { envelope } from '../events/event.ts';
import { deskId, sha256Hex, streamId } from '../ids.ts';
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
});

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

/** Why the hub doubts an event that it has nevertheless stored. */
export const flagKind = z.enum(['brokenLink', 'wrongHash', 'fork', 'unknownType', 'notAllowed', 'clock']);
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

/** Where the hub has a stream: what a desk compares at start, to notice that it was put back to an older copy. */
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

/** What a desk signs to prove itself (JWT, EdDSA): `iss` and `sub` are the desk, `aud` is this constant. */
export const ASSERTION_AUDIENCE = 'lantern-hub';
export const ASSERTION_LIFETIME_MS = 60_000;

/** Every refusal has this body; the HTTP status says the class. */
export const refusal = z.object({ error: problemSchema });
export type Refusal = z.infer<typeof refusal>;
