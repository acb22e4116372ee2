/** Checks what somebody wants to turn. */
import { z } from 'zod';
import { ratingMoods } from './Knobs.js';

/** Any of the knobs; the others stay. */
export const knobChange = z
  .strictObject({
    speed: z.number().min(1).max(3_600),
    traffic: z.number().min(0).max(500),
    errors: z.number().min(1).max(20),
    slowness: z.number().min(1).max(20),
    alwaysFails: z.boolean(),
    guild: z.string().nullable(),
    outage: z.boolean(),
    reports: z.boolean(),
    ratings: z.enum(ratingMoods),
  })
  .partial();

export type KnobChange = z.output<typeof knobChange>;
