import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Builds the Electron main process, the PBX process and the preload to `out/`, and the window to `out/renderer`. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: { input: { index: 'electron/main/index.ts', pbx: 'electron/pbx/process.ts' } },
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
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: { outDir: 'out/renderer', rollupOptions: { input: { index: 'renderer/index.html' } } },
  },
});
