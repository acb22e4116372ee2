/** Random ticks for the laws that hold for all of them, and random numbers with a seed for the simulations. */
import fc from 'fast-check';
import type { Tick } from '../../../../src/lib/health/judging/ticks.js';

const arm = fc
  .record({
    exposure: fc.double({ min: 0, max: 5_000, noNaN: true }),
    rate: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ exposure, rate }) => ({ exposure, bad: exposure * rate }));

export const anyTick: fc.Arbitrary<Tick> = fc.record({ canary: arm, control: arm });

export const anyTicks = fc.array(anyTick, { maxLength: 30 });

const extreme = fc.oneof(
  fc.constantFrom(0, Number.MIN_VALUE, 1e-300, 1e-9, 1, 1e9, Number.MAX_SAFE_INTEGER),
  fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true }),
);

/** Everything that counts as a tick, however absurd. */
export const extremeTick: fc.Arbitrary<Tick> = fc.record({
  canary: fc.record({ bad: extreme, exposure: extreme }),
  control: fc.record({ bad: extreme, exposure: extreme }),
});

export function tick(canaryUnits: number, canaryBad: number, controlUnits: number, controlBad: number): Tick {
  return {
    canary: { bad: canaryBad, exposure: canaryUnits },
    control: { bad: controlBad, exposure: controlUnits },
  };
}

/** Uniform numbers in [0, 1) from a seed: the "mulberry32" sequence. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many of `units` are bad at the given rate. */
export function binomial(random: () => number, units: number, rate: number): number {
  let bad = 0;
  for (let i = 0; i < units; i++) if (random() < rate) bad += 1;
  return bad;
}
