import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const node = { environment: 'node', testTimeout: 15_000, hookTimeout: 30_000 } as const;

/**
 * `node`: pure and Node-side code. `renderer`: components in jsdom. `interop`: calls with phones of other people.
 * `e2e`: the whole app in real Chromium.
 */
export default defineConfig({
  test: {
    projects: [
      { test: { ...node, name: 'node', include: ['test/{architecture,shared,electron,support}/**/*.test.ts'] } },
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/renderer-setup.ts'],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          ...node,
          name: 'interop',
          include: ['test/interop/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...node,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
