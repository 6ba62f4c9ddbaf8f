import { createHash } from 'node:crypto';
import { type Digest } from '../../shared/ids.ts';

/** SHA-256 from Node, for tests. */
export const digest: Digest = (text) =>
  Promise.resolve(createHash('sha256').update(text, 'utf8').digest('hex'));
