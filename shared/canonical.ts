import { z } from 'zod';

/** Any JSON value. */
export const json = z.json();

/**
 * Canonical JSON after RFC 8785 (JCS): keys sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Two programs that hold the same value write the same bytes, so a hash can be compared.
 * Throws on what JSON cannot hold (NaN, Infinity, functions, lone surrogates): that is a bug, never input.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (PLAIN.test(value)) return `"${value}"`;
    if (!value.isWellFormed()) throw new TypeError('canonical JSON cannot hold a lone surrogate');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON cannot hold ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    // Built by hand: the hub and every desk do this for each event. The default order of strings is by UTF-16 code
    // units, which is what RFC 8785 asks for.
    const record = value as Readonly<Record<string, unknown>>;
    let text = '';
    for (const key of sortedKeys(record)) {
      const held = record[key];
      if (held === undefined) continue;
      const name = PLAIN.test(key) ? `"${key}"` : JSON.stringify(key);
      text += `${text === '' ? '' : ','}${name}:${canonicalJson(held)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}

/** Text that JSON writes as it is: nothing to escape, and no surrogate. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Most objects come with their keys in order, because they were written so. */
function sortedKeys(record: object): string[] {
  const keys = Object.keys(record);
  for (let at = 1; at < keys.length; at += 1) {
    if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.toSorted();
  }
  return keys;
}
