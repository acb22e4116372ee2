/** The monitor's part of a deployment's document as it is read back; for whoever reads the whole. */
import { z } from 'zod';
import { monitorChecks, riskLevels, riskTriggers } from '../documents.js';

export const usualSchema = z.looseObject({
  takenAt: z.number(),
  runsAUnit: z.number(),
  errorRate: z.number().nullable(),
  p95Ms: z.number().nullable(),
  memoryBytes: z.number().nullable(),
});

const reading = z.looseObject({
  check: z.enum(monitorChecks),
  verdict: z.enum(['healthy', 'worse', 'breach', 'unknown']),
  sentence: z.string(),
  value: z.number().nullable(),
  baseline: z.number().nullable(),
  limit: z.number().nullable().optional(),
  inARow: z.number(),
  about: z.enum(riskTriggers).optional(),
});

const breach = z.looseObject({
  n: z.number(),
  check: z.enum(monitorChecks),
  trigger: z.enum(riskTriggers),
  level: z.enum(riskLevels),
  flags: z.array(z.string()),
  at: z.number(),
  sentence: z.string(),
  action: z.enum(['rollback', 'gradual-rollback', 'pause', 'tell', 'ask']),
  outcome: z.string().nullable(),
});

export const monitorSchema = z.looseObject({
  until: z.number(),
  nextAt: z.number(),
  looks: z.number(),
  readings: z.array(reading),
  breaches: z.array(breach),
  series: z.array(z.tuple([z.number(), z.number().nullable(), z.number().nullable()])),
});
