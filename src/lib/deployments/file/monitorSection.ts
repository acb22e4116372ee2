/** `monitor:` of deployments.yaml. */
import { z } from 'zod';
import { durationIn } from '../../yaml/duration.js';
import { monitorDefaults, type MonitorSettings } from '../monitor/Settings.js';

const time = durationIn(['s', 'm', 'h'], '30s, 15m or 1h');
const percentage = z
  .string('expected a percentage such as 20%')
  .regex(/^\s*\d+(\.\d+)?\s*%$/, 'expected a percentage such as 20%')
  .transform((text) => Number.parseFloat(text) / 100)
  .refine((share) => share > 0, 'a limit must be above 0 %');

export const monitorSection = z
  .strictObject({
    for: time.optional().describe('Domain time. Default 1h.'),
    every: time.optional().describe('Default 30s.'),
    in_a_row: z
      .int('expected a whole number')
      .min(1)
      .max(1_000)
      .optional()
      .describe('Looks in a row that must be bad before it counts. Default 10.'),
    min_runs: z
      .int('expected a whole number')
      .min(1)
      .max(1_000_000)
      .optional()
      .describe('Commands that a look at errors and times must rest on. Default 200.'),
    limits: z
      .strictObject({
        errors: percentage.optional().describe('More than usual. Default 20%.'),
        response_times: percentage.optional().describe('Default 50%.'),
        memory: percentage.optional().describe('Default 30%.'),
      })
      .optional(),
    external_services: z
      .array(z.string().min(1).max(100), 'expected a list of names of probes')
      .max(50)
      .optional()
      .describe("Names of probes that ask somebody else's service; all other probes are databases."),
  })
  .describe('How a deployment is watched after it.');

export function monitorOf(written: z.output<typeof monitorSection> | undefined): MonitorSettings {
  const { limits } = monitorDefaults;
  return {
    forMs: written?.for ?? monitorDefaults.forMs,
    everyMs: written?.every ?? monitorDefaults.everyMs,
    inARow: written?.in_a_row ?? monitorDefaults.inARow,
    minRuns: written?.min_runs ?? monitorDefaults.minRuns,
    limits: {
      errors: written?.limits?.errors ?? limits.errors,
      responseTimes: written?.limits?.response_times ?? limits.responseTimes,
      memory: written?.limits?.memory ?? limits.memory,
    },
    externalServices: written?.external_services ?? monitorDefaults.externalServices,
  };
}
