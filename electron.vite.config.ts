import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { UserConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The window; `npm run dev` builds it by this too. */
export const rendererConfig = {
  root: path('renderer'),
  plugins: [react()],
  build: {
    outDir: path('out/renderer'),
    minify: true,
    emptyOutDir: true,
    rollupOptions: {
      input: { index: path('renderer/index.html') },
      // "use client" in the widget library means nothing here.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
} satisfies UserConfig;

/** Builds the Electron main process, the PBX process and the command line to `out/main`, the preload, and the window. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: { index: 'electron/main/index.ts', pbx: 'electron/pbx/process.ts', cli: 'electron/cli/main.ts' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: 'electron/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
});
