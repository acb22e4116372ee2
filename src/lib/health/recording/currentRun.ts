/**
 * Which run the code belongs to that is executing now. One storage a process: the CommonJS and the ESM copy of this package
 * may both be loaded, and a flag evaluated in the one must find the run that the other began.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Run } from './Recording.js';

const slot: unique symbol = Symbol.for('sapphire-plugin-rollouts.runs');

interface Shared {
  readonly storage: AsyncLocalStorage<Run>;
  /** Who wants to know of runs at the moment. */
  readonly trackers: Set<object>;
}

const shared: Shared = ((globalThis as { [slot]?: Shared })[slot] ??= {
  storage: new AsyncLocalStorage<Run>(),
  trackers: new Set(),
});

const { storage, trackers } = shared;

/** The run under way; undefined outside of one, and while nobody tracks. */
export function currentRun(): Run | undefined {
  return storage.getStore();
}

/** Calls `action`, and everything that it awaits or sets going belongs to the run. Nothing is remembered while nobody tracks. */
export function within<T>(run: Run, action: () => T): T {
  return trackers.size === 0 ? action() : storage.run(run, action);
}

/** Calls `action` as if no run were under way: what it meets counts for nobody. */
export function outside<T>(action: () => T): T {
  return trackers.size === 0 ? action() : storage.exit(action);
}

/**
 * Says whether a flag of `tracker` is under rollout. On Node 20 every await of a process costs 2.5 times as much once a
 * storage is in use, so that it is given up with the last rollout.
 */
export function track(tracker: object, isWanted: boolean): void {
  if (isWanted) trackers.add(tracker);
  else if (trackers.delete(tracker) && trackers.size === 0) storage.disable();
}

/** Whether runs are remembered at all. */
export function isTracking(): boolean {
  return trackers.size > 0;
}
