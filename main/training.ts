/** ENTRY of `npm run training`: `npm start` in the training world. */
process.env['LANTERN_WORLD'] = 'training';
await import('./start.ts');
