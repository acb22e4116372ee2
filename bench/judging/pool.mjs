/** Spreads a scenario over the machine's processors; the results do not depend on how many there are. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { scenarios } from './scenarios.mjs';

/** Calls of a scenario that a worker gets at once. */
const stretch = 20;

export class Pool {
  workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(new URL('./worker.mjs', import.meta.url)),
  );

  /** The results of `rollouts` rollouts, in the order of their seeds. */
  async simulate(name, rollouts, settings = {}) {
    const { seed, rollouts: perCall } = scenarios[name];
    const end = seed + Math.ceil(rollouts / perCall);
    const stretches = [];
    for (let from = seed; from < end; from += stretch) {
      stretches.push({ name, from, to: Math.min(end, from + stretch), settings });
    }
    const results = new Array(stretches.length);
    let next = 0;
    const work = async (worker) => {
      while (next < stretches.length) {
        const at = next++;
        results[at] = await ask(worker, stretches[at]);
      }
    };
    await Promise.all(this.workers.map(work));
    return results.flat();
  }

  async close() {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

function ask(worker, message) {
  return new Promise((resolve, reject) => {
    const settle = (end) => (value) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      end(value);
    };
    const onMessage = settle(resolve);
    const onError = settle(reject);
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(message);
  });
}
