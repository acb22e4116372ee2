/** What a plan file may say. The JSON Schema for editors is made from this. */
import { z } from 'zod';
import { prometheusMetrics } from '../../health/sources/planSchema.js';
import { guardActions } from './Plan.js';
import { basisPoints, duration, oneOrMore, share, timeOfDay, timeZone, weekdays } from './values.js';

const action = z.enum(guardActions);
const alpha = z.number().gt(0).lt(0.5);
const name = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i, 'expected 1 to 64 letters, digits, _ or -');

const criteria = z
  .strictObject({
    gate_passed: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A gate of this name has passed for the flag. Until one reports, the phase holds and a person advances it.',
      ),
    no_critical_reports: z
      .boolean()
      .optional()
      .describe('Nobody with the feature reported a critical problem in the phase.'),
    min_rating: z
      .number()
      .min(1)
      .max(5)
      .optional()
      .describe('Mean rating given with the feature, 1 to 5 stars.'),
    max_ratio: z.number().gt(0).max(20).optional().describe("The errors' ratio must surely be below this."),
  })
  .describe('What must hold before the phase is left, beside the judge finding nothing.');

const phase = z
  .strictObject({
    name,
    percentage: oneOrMore(basisPoints).describe('Share of guilds, or several: one step each.'),
    target_guilds: z
      .array(z.union([z.string().min(1), z.number()]).transform(String))
      .max(1_000)
      .optional()
      .describe('Guilds that get the feature whatever the percentage: ids, names or cohorts. Quote ids.'),
    duration: duration.optional().describe('How long each step lasts at least, for example 24h.'),
    duration_per_phase: duration.optional().describe('The same, where several percentages are listed.'),
    success_criteria: criteria.optional(),
  })
  .refine((value) => (value.duration === undefined) !== (value.duration_per_phase === undefined), {
    error: 'expected either duration or duration_per_phase, for example duration: "48h"',
  });

const trigger = z
  .strictObject({
    error_rate_increase: share.optional(),
    response_time_degradation: share.optional(),
    user_complaints: z.int().min(1).optional(),
    memory_increase: share.optional(),
  })
  .refine(
    (value) => Object.keys(value).length === 1,
    'expected one trigger an entry, for example "- user_complaints: 5"',
  );

const guard = z.strictObject({
  metric: z.enum(['errors', 'latency', 'satisfaction']),
  margin: z.number().min(1).max(10).describe("How many times the control's the canary's may be."),
  alpha: alpha.describe('Chance of a false alarm over the whole rollout.'),
  action,
});

const strategy = z.strictObject({
  type: z.literal('canary').optional(),
  name: name.optional().describe('Without it: the name of the file.'),
  description: z.string().max(500).optional(),
  phases: z.array(phase).min(1, 'expected at least one phase').max(50),
  rollback_triggers: z.array(trigger).optional().describe('What rolls back once it is proven.'),
  guards: z
    .array(guard)
    .optional()
    .describe('Comparisons between the arms; those of a metric replace all its defaults.'),
  hard_limits: z
    .strictObject({
      crash_rate: share.optional(),
      outage_rate: share.optional(),
      memory_growth: share.optional(),
    })
    .optional(),
  prometheus: prometheusMetrics
    .optional()
    .describe('Metrics that the bot cannot see itself; a source that says nothing holds the rollout.'),
  minimum_exposure: z
    .strictObject({ guilds: z.int().min(1).optional(), commands: z.int().min(1).optional() })
    .optional(),
  hold_back: basisPoints.optional().describe('Kept as control until the rollout completes. Default 5%.'),
  tolerance: z
    .number()
    .gt(1)
    .max(20)
    .optional()
    .describe('The last step needs every ratio surely below this. Default 2.'),
  approvals: z
    .strictObject({
      required: z.enum(['never', 'large', 'always']).optional(),
      members: z.int().min(0).optional(),
      share: share.optional(),
    })
    .optional(),
  quiet_hours: z
    .strictObject({
      from: timeOfDay,
      to: timeOfDay,
      time_zone: timeZone.optional(),
      days: z.array(z.enum(weekdays)).min(1).optional(),
    })
    .optional()
    .describe('Hours in which nothing is widened.'),
});

export const planFile = z.strictObject({ rollout_strategy: strategy });

export type PlanFile = z.output<typeof planFile>;
