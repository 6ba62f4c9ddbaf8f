// Loaded before every entry (`node --import`), so that an old Node gets as far as the explanation. Plain JavaScript.
const NEEDED = 24;

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `Lantern needs Node ${NEEDED} or newer; this is ${process.versions.node} (${process.execPath}).\n` +
      'Run it through npm ("npm start", "npm test"): npm uses the Node that "npm ci" installed in node_modules.\n' +
      'If that is what you did, "npm ci" was run with --ignore-scripts: run "npm ci" again without it.',
  );
  process.exit(1);
}
