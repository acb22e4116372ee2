import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    // Each file gets a process of its own: a SapphireClient is one a process (its container is global).
    isolate: true,
    // Most files wait for processes, databases and timers: one worker fewer than there are cores would leave a core idle.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/sandbox/page/**'],
      thresholds: { lines: 85 },
      reporter: ['text-summary', 'json-summary', 'lcovonly'],
    },
  },
});
