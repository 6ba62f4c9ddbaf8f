import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

export const ROOT = normalize(join(import.meta.dirname, '../..'));
export const TOP_FOLDERS = ['shared', 'main', 'renderer', 'hub', 'test'] as const;

export interface Source {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path from the root for our own files, the bare name for a package. */
  readonly target: string;
  readonly own: boolean;
  /** Gone after compilation, so it cannot make a cycle at run time. */
  readonly typeOnly: boolean;
}

/** All our TypeScript, with what each file imports. Reads text: TypeScript 7 has no compiler API to ask. */
export function sources(): readonly Source[] {
  return TOP_FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.includes('node_modules'))
      .map(readSource),
  );
}

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8');
  return {
    path: relative(ROOT, file),
    text,
    lines: text.split('\n').length - 1,
    imports: importsOf(text, file),
  };
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?([^;'"=()]*?)\s*\bfrom\s+['"]([^'"]+)['"]/gm;
const FOR_EFFECT = /^import\s+['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(text: string, file: string): Import[] {
  const found = [...text.matchAll(STATEMENT)].map(([, typeWord, names = '', target = '']) => ({
    target,
    typeOnly: typeWord !== undefined || onlyTypes(names),
  }));
  for (const [, target = ''] of [...text.matchAll(FOR_EFFECT), ...text.matchAll(DYNAMIC)]) {
    found.push({ target, typeOnly: false });
  }
  return found.map(({ target, typeOnly }) => {
    const own = target.startsWith('.');
    return { own, typeOnly, target: own ? relative(ROOT, join(dirname(file), target)) : packageName(target) };
  });
}

function onlyTypes(names: string): boolean {
  const inner = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  if (inner === undefined) return false;
  const each = inner.split(',').map((name) => name.trim());
  return each.filter((name) => name !== '').every((name) => name.startsWith('type '));
}

function packageName(target: string): string {
  if (target.startsWith('node:')) return target;
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}
