import { basename } from 'node:path';
import { type z } from 'zod';
import { type Problem, problemOf } from '../../shared/problem.ts';
import { type Clock } from '../../shared/time.ts';
import { type Disk } from '../ports/disk.ts';

export type JsonFile<T> =
  | { readonly kind: 'good'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken'; readonly problem: Problem };

/** Reads one of our own small JSON files as `schema` says. Rejects only when the disk itself fails. */
export async function readJsonFile<T>(disk: Disk, path: string, schema: z.ZodType<T>): Promise<JsonFile<T>> {
  const bytes = await disk.read(path);
  if (bytes === undefined) return { kind: 'missing' };
  const code = 'file.broken';
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return { kind: 'broken', problem: { code, field: '(whole)', message: 'is not JSON' } };
  }
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { kind: 'good', value: parsed.data }
    : { kind: 'broken', problem: problemOf(code, parsed.error) };
}

/** Replaces the file whole, so that a crash leaves the old one or the new one. */
export function writeJsonFile(disk: Disk, path: string, value: unknown): Promise<void> {
  return disk.replace(path, Buffer.from(`${JSON.stringify(value, undefined, '\t')}\n`));
}

/** Renames a broken file, so that it is kept for whoever looks into it. Answers its new name. */
export async function setAside(disk: Disk, path: string, clock: Clock): Promise<string> {
  const aside = `${path}.broken-${clock.now()}`;
  await disk.rename(path, aside);
  return basename(aside);
}
