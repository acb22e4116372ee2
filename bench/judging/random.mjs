/** Seeded random numbers: every figure of this bench can be had again. */

/** The "sfc32" generator (Chris Doty-Humphrey, PractRand), 32 bits a draw. */
export class Random {
  constructor(seed) {
    this.a = seed | 0;
    this.b = 0x9e3779b9 | 0;
    this.c = 0x243f6a88 | 0;
    this.counter = 1;
    for (let i = 0; i < 15; i++) this.uniform();
  }

  /** [0, 1) */
  uniform() {
    const drawn = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + drawn;
    this.c |= 0;
    return (drawn >>> 0) / 4294967296;
  }

  normal() {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  poisson(mean) {
    // Sums of Poisson counts are Poisson: halving keeps exp(-mean) far from 0.
    if (mean > 30) return this.poisson(mean / 2) + this.poisson(mean / 2);
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > floor; product *= this.uniform()) count++;
    return count;
  }

  /** How many of `trials` succeed, by jumping from one success to the next. */
  binomial(trials, rate) {
    if (rate <= 0) return 0;
    const lnMiss = Math.log1p(-Math.min(rate, 1 - 1e-12));
    let successes = 0;
    for (let at = 0; ; successes++) {
      at += Math.floor(Math.log(1 - this.uniform()) / lnMiss) + 1;
      if (at > trials) return successes;
    }
  }
}

/** Draws an index in proportion to its weight in constant time (Walker 1977, Vose 1991). */
export function aliasSampler(weights) {
  const size = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = Float64Array.from(weights, (weight) => (weight * size) / total);
  const keep = new Float64Array(size).fill(1);
  const alias = new Int32Array(size);
  const small = [];
  const large = [];
  scaled.forEach((weight, i) => (weight < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const low = small.pop();
    const high = large.pop();
    keep[low] = scaled[low];
    alias[low] = high;
    scaled[high] += scaled[low] - 1;
    (scaled[high] < 1 ? small : large).push(high);
  }
  return (random) => {
    const drawn = random.uniform() * size;
    const index = drawn | 0;
    return drawn - index < keep[index] ? index : alias[index];
  };
}
