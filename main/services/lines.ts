import { crc32 } from 'node:zlib';
import { canonicalJson } from '../../shared/canonical.ts';

/**
 * One line of an append-only file: eight hex digits of CRC-32 over the JSON's UTF-8 bytes, a space, canonical
 * JSON, a line feed. JSON never holds a raw line feed, so a line can be found again after any damage.
 */
export function encodeLine(value: unknown): Uint8Array {
  const json = Buffer.from(canonicalJson(value), 'utf8');
  return Buffer.concat([Buffer.from(`${checksum(json)} `, 'latin1'), json, NEW_LINE]);
}

export interface Line {
  /** Where the line starts in the file, and its length with the line feed, in bytes. */
  readonly offset: number;
  readonly length: number;
  /** What was written, or undefined when the line's checksum does not hold or it has no line feed. */
  readonly value: unknown;
}

/** Reads every line of a file's bytes, good or damaged, in order. Never throws. */
export function decodeLines(bytes: Uint8Array): Line[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: Line[] = [];
  for (let offset = 0; offset < buffer.length;) {
    const feed = buffer.indexOf(LINE_FEED, offset);
    const end = feed === -1 ? buffer.length : feed + 1;
    const value = feed === -1 ? undefined : decodeLine(buffer.subarray(offset, feed));
    lines.push({ offset, length: end - offset, value });
    offset = end;
  }
  return lines;
}

const LINE_FEED = 0x0a;
const NEW_LINE = Buffer.from([LINE_FEED]);
const PREFIX = 9;

const checksum = (json: Uint8Array): string => crc32(json).toString(16).padStart(8, '0');

function decodeLine(line: Buffer): unknown {
  const json = line.subarray(PREFIX);
  if (line.length <= PREFIX || line.toString('latin1', 0, PREFIX) !== `${checksum(json)} `) return undefined;
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    // The checksum held, so this is what somebody wrote; it is damage all the same, and reported as such.
    return undefined;
  }
}
