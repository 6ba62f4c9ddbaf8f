import { describe, expect, test } from 'vitest';
import { type Source, sources } from '../support/sources.ts';

/**
 * Design decision 9: the training world is composed without any hub link. Not switched off: absent, from every module that its
 * programs load.
 */
const all = new Map(sources().map((source) => [source.path, source]));
const ENTRIES = ['main/hosts/browser/training.ts', 'main/hosts/electron/training.ts'];

/** Every file of ours that the program loads when it runs, with the packages they name. */
function loads(entry: string): { readonly files: readonly Source[]; readonly packages: ReadonlySet<string> } {
  const found = new Map<string, Source>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    const source = all.get(path);
    if (source === undefined || found.has(path)) return;
    found.set(path, source);
    for (const { own, target, typeOnly } of source.imports) {
      // Node takes types out of a line and loads the module all the same: only `import type` is not run.
      if (own) visit(target);
      else if (!typeOnly) packages.add(target);
    }
  };
  visit(entry);
  return { files: [...found.values()], packages };
}

describe.each(ENTRIES)('the program %s', (entry) => {
  const { files, packages } = loads(entry);

  test('loads a whole desk, so that what follows is asked of something', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.map(({ path }) => path)).toContain('main/services/training/practice-hub.ts');
  });

  test('loads nothing that reaches a hub, starts one, or keeps a downtime pack for IT', () => {
    const reaching = /^main\/services\/hub\/|^main\/compose-live|^main\/launch\/|^main\/start|^hub\//;
    // The reader of the address alone is pure: the one parser of settings names it for the other world.
    const pure = new Set(['main/services/hub/address.ts']);
    expect(files.map(({ path }) => path).filter((path) => reaching.test(path) && !pure.has(path))).toEqual(
      [],
    );
  });

  test('names no way to another machine', () => {
    const ways = [...packages].filter((name) =>
      /^(node:)?(http|https|http2|net|tls|dgram|dns|undici|pg)(\/|$)/.test(name),
    );
    expect(ways).toEqual([]);
    const code = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    const calls = files.filter(
      ({ path, text }) =>
        path.startsWith('main/') && /(?<![.\w])fetch\(|\bnet\.fetch|XMLHttpRequest/.test(code(text)),
    );
    expect(calls.map(({ path }) => path)).toEqual([]);
  });
});

test('no program of the live desk loads anything of the training room that answers', () => {
  for (const entry of ['main/hosts/browser/main.ts', 'main/hosts/electron/main.ts', 'main/start.ts']) {
    const files = loads(entry).files.map(({ path }) => path);
    expect(files.filter((path) => path.startsWith('main/services/training/'))).toEqual(
      entry === 'main/start.ts' ? [] : ['main/services/training/room.ts'],
    );
    expect(files).not.toContain('main/compose-training.ts');
  }
});
