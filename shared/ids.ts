import { z } from 'zod';

/** All ids are UUIDv7: unique without a server, and sorted by time of making. */
export const uuid = z.uuidv7();

export const streamId = uuid.brand('StreamId');
export type StreamId = z.infer<typeof streamId>;

export const callId = uuid.brand('CallId');
export type CallId = z.infer<typeof callId>;

export const deskId = uuid.brand('DeskId');
export type DeskId = z.infer<typeof deskId>;

/** Makes new UUIDv7 ids. A port, because both time and randomness are passed in. */
export interface IdSource {
  next(): string;
}

/** SHA-256 in lower-case hex. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal characters');
export type Sha256Hex = z.infer<typeof sha256Hex>;

/** SHA-256 of a text's UTF-8 bytes as lower-case hex. A port: browsers and Node each bring their own. */
export type Digest = (text: string) => Promise<Sha256Hex>;
