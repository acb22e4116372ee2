import type { DeploymentMonitor } from '../monitor/Step.js';

const watchedMs = 3_600_000;

/** Watches nothing, and says so: an hour in which nobody called the deployment off. */
export const unmeasured: DeploymentMonitor = {
  dueAt: ({ state, monitor }) => (state === 'watching' && monitor !== null ? monitor.nextAt : null),
  begin: (document, now) => {
    const until = now + watchedMs;
    const monitor = { until, nextAt: until, looks: 0, readings: [], breaches: [], series: [] };
    return { ...document, monitor };
  },
  turn: (document, now) => {
    if (document.monitor === null || now < document.monitor.until) return Promise.resolve(null);
    const why = 'An hour has passed and nobody called it off. Nothing was measured.';
    return Promise.resolve({
      next: document,
      notices: [],
      over: { state: 'succeeded', why, tone: 'warn' },
    });
  },
  takenBack: () => [],
  forget: () => Promise.resolve(),
};
