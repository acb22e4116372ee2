/** Measures by turns, so that whatever else the machine does falls on all alike. */
import { performance } from 'node:perf_hooks';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** `jobs`: name -> (() => operations, as prepared by it). Answers the median ns an operation, by name. */
export function interleaved(jobs, rounds) {
  const times = new Map(jobs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds + 2; round++) {
    for (const { name, prepare } of jobs) {
      const run = prepare(round);
      const begun = performance.now();
      const operations = run();
      const ns = ((performance.now() - begun) * 1e6) / operations;
      // The first two rounds are for the compiler.
      if (round >= 2) times.get(name).push(ns);
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

export function report({ name, unit, values, ratio, target, ok }) {
  console.log(JSON.stringify({ name, unit, values, ratio, target, ok }));
}

/** Reports "at least `target` times as fast". */
export function atLeast(name, times, ours, theirs, target) {
  const ratio = times.get(theirs) / times.get(ours);
  const values = { ours: Number(times.get(ours).toFixed(1)), theirs: Number(times.get(theirs).toFixed(1)) };
  report({
    name,
    unit: 'ns',
    values,
    ratio: Number(ratio.toFixed(1)),
    target: `>= ${target}x`,
    ok: ratio >= target,
  });
}

/** Reports "at most". */
export function atMost(name, unit, value, target) {
  report({ name, unit, values: Number(value.toFixed(2)), target: `<= ${target}`, ok: value <= target });
}
