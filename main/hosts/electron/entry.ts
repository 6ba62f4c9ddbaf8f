/**
 * ENTRY of an installed program. With `--training` it is the training world, otherwise the desk: one process is one of
 * them from its first module on, and neither has a way into the other.
 */
const world = process.argv.includes('--training') ? './training.js' : './main.js';
await import(new URL(world, import.meta.url).href);
