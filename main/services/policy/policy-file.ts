import { z } from 'zod';
import { type Reading } from '../../../shared/policy/resolve.ts';
import { causeOf } from '../../ports/log.ts';

export const LINUX_POLICY_FILE = '/etc/lantern/policy.json';
/** More than any policy: somebody pointed at the wrong file. */
const MAX_BYTES = 1_000_000;

/** What must be known of a file before its words are trusted. */
export interface OwnedFile {
  readonly bytes: Uint8Array;
  readonly owner: number;
  /** The permission bits. */
  readonly mode: number;
}

/** The file with its owner and mode, read through one handle; undefined when there is none. Rejects as the system does. */
export type ReadOwnedFile = (path: string) => Promise<OwnedFile | undefined>;

/**
 * A policy file in JSON. One that somebody besides root could have written is not trusted, because it would be obeyed
 * before the person at the desk.
 */
export async function readPolicyFile(
  path: string,
  read: ReadOwnedFile,
  mustBeRoots: boolean,
): Promise<Reading> {
  const unreadable = (why: string): Reading => ({ kind: 'unreadable', where: path, why });
  let file: OwnedFile | undefined;
  try {
    file = await read(path);
  } catch (error) {
    return unreadable(`cannot be read (${causeOf(error)})`);
  }
  if (file === undefined) return { kind: 'absent' };
  if (mustBeRoots && file.owner !== 0) return unreadable('does not belong to root');
  if (mustBeRoots && (file.mode & 0o022) !== 0) return unreadable('can be written by others than root');
  if (file.bytes.length > MAX_BYTES) return unreadable('is too long');
  return parsePolicyFile(path, file.bytes);
}

export function parsePolicyFile(path: string, bytes: Uint8Array): Reading {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { $schema: _schema, ...values } = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    return { kind: 'read', where: path, values };
  } catch {
    // Half a file, or another kind of file: nothing of it is used.
    return { kind: 'unreadable', where: path, why: 'is not a JSON record of keys and values' };
  }
}
