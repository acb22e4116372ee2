/** A host's traffic: who runs what, how long it takes, and how often it fails. Fixed seed. */

/** A snowflake of a guild that was made at some time in ten years. */
export function guildIds(count, random) {
  const ids = Array.from({ length: count }, () => {
    const ms = BigInt(Math.floor(random() * 10 * 365.25 * 86_400_000));
    return ((ms << 22n) | BigInt(Math.floor(random() * 2 ** 22))).toString();
  });
  return [...new Set(ids)];
}

/** mulberry32: small, quick, and the same on every machine. */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lognormal around 120 ms. */
export function durationMs(random) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return 120 * Math.exp(0.8 * normal);
}

/** Picks guilds by Zipf's law (exponent 1). */
export function zipf(count, random) {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 1; rank <= count; rank++) sums[rank - 1] = sum += 1 / rank;
  return () => {
    const at = random() * sum;
    let [from, to] = [0, count - 1];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (sums[middle] < at) from = middle + 1;
      else to = middle;
    }
    return from;
  };
}
