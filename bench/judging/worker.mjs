/** Simulates a stretch of one scenario's seeds in a thread of its own. */
import { parentPort } from 'node:worker_threads';
import { scenarios } from './scenarios.mjs';

parentPort.on('message', ({ name, from, to, settings }) => {
  const results = [];
  for (let seed = from; seed < to; seed++) results.push(...scenarios[name].run(seed, settings));
  parentPort.postMessage(results);
});
