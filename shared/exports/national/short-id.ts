import { type CallId } from '../../ids.ts';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A call's id in the 20 characters that a national return allows: the first 100 bits of the UUIDv7 without its version
 * digit, in base 32. The time and 52 random bits are in it, so two calls of one millisecond differ.
 */
export function shortId(call: CallId): string {
  const hex = call.replaceAll('-', '');
  let bits = BigInt(`0x${hex.slice(0, 12)}${hex.slice(13, 26)}`);
  let id = '';
  for (let place = 0; place < 20; place += 1) {
    id = (LETTERS[Number(bits & 31n)] ?? '') + id;
    bits >>= 5n;
  }
  return id;
}
