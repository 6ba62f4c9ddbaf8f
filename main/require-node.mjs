// Runs one of the project's TypeScript entries, after making sure that this Node can run it.
// Plain JavaScript, so that an old Node gets as far as the explanation.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);
const entry = process.argv[2];

if (major < NEEDED) {
  console.error(
    `Lantern needs Node ${NEEDED} or newer; this is ${process.versions.node} (${process.execPath}).\n` +
      'Run it through npm ("npm start", "npm test"): npm uses the Node that "npm ci" installed in node_modules.\n' +
      'If that is what you did, "npm ci" was run with --ignore-scripts: run "npm ci" again without it.',
  );
  process.exit(1);
}
if (entry === undefined) {
  console.error('usage: node main/require-node.mjs <entry.ts> [arguments]');
  process.exit(2);
}
process.argv.splice(1, 1);
await import(pathToFileURL(resolve(entry)).href);
