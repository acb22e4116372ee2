/** Durations for the guild world: lognormal around 120 ms, straight into the package's coarse buckets. */
import { coarseBucket, fineBucket } from '../../dist/esm/judging.js';
import { Random } from './random.mjs';

/** Coarse buckets kept a guild; bucket 0 ends at 1 ms, bucket 31 at 288 s. */
export const durationSlots = 32;

const random = new Random(1);
const quantiles = Float64Array.from({ length: 4_096 }, () => Math.log(120) + 0.5 * random.normal());

const lnCoarse = Math.log(1.5);
// The table and the package must cut alike.
for (const ms of [3, 70, 120, 4_000]) {
  if (bucketOfLn(Math.log(ms)) !== coarseBucket(fineBucket(ms)))
    throw new Error(`Bucket of ${ms} ms differs.`);
}

/** ln of a duration in ms, of a guild of usual speed. */
export function drawLnDuration(source) {
  return quantiles[(source.uniform() * 4_096) | 0];
}

export function bucketOfLn(lnMs) {
  return Math.min(durationSlots - 1, Math.max(0, Math.ceil(lnMs / lnCoarse - 1e-9)));
}
