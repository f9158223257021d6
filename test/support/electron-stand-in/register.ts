import { registerHooks } from 'node:module';

/** Makes `import … from 'electron'` find the stand-in. */
const STAND_IN = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'electron') return { url: STAND_IN, format: 'module-typescript', shortCircuit: true };
    return nextResolve(specifier, context);
  },
});
