/** Random numbers from a seed: the same seed tries a plan out on the same invented rollouts. */
export class Random {
  private a: number;
  private b = 0x9e3779b9 | 0;
  private c = 0x243f6a88 | 0;
  private counter = 1;

  /** @param seed 32 bits of it count */
  public constructor(seed: number) {
    this.a = seed | 0;
    // The seed has to reach all of the state before the first number is used.
    for (let i = 0; i < 15; i++) this.uniform();
  }

  /** In [0, 1), 32 bits: the generator sfc32 of PractRand (Chris Doty-Humphrey). */
  public uniform(): number {
    const drawn = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + drawn) | 0;
    return (drawn >>> 0) / 2 ** 32;
  }

  /** 0 … below. */
  public index(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  /** Mean 0, variance 1 (Box, Muller 1958). */
  public normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  public poisson(mean: number): number {
    // A sum of Poisson numbers is one: halving keeps exp(-mean) away from 0.
    if (mean > 30) return this.poisson(mean / 2) + this.poisson(mean / 2);
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > floor; product *= this.uniform()) count++;
    return count;
  }
}
