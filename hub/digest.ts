import { hash } from 'node:crypto';
import { type Digest, type Sha256Hex } from '../shared/ids.ts';

/** SHA-256 of a text's UTF-8 bytes, in lower-case hex. */
export const sha256 = (text: string): Sha256Hex => hash('sha256', text, 'hex');

/** The same as the port that shared code asks for. */
export const nodeDigest: Digest = (text) => Promise.resolve(sha256(text));
