import { registerHooks } from 'node:module';

/**
 * `node --import` this, and every `import 'electron'` gets the double, whose driver then takes orders from the
 * process that started this one. Electron's module is its own default export as well: electron-store uses that.
 */
const double = new URL('./electron-double.ts', import.meta.url).href;
const standIn = 'electron-double:';
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) => {
    if (url !== standIn) return next(url, context);
    const from = JSON.stringify(double);
    const source = `export * from ${from}; import * as electron from ${from}; export default electron;`;
    return { format: 'module', source, shortCircuit: true };
  },
});
await import('./electron-double-driver.ts');
