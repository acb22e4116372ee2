/** A gate's result that came from outside: checked before it is kept or shown. */
import { z } from 'zod';
import type { GateResult } from './GateResult.js';

const text = (most: number) => z.string().max(most);
const time = z.number().int().nonnegative().max(8.64e15);

const criterion = z.strictObject({
  text: text(500),
  verdict: z.enum(['met', 'not-met', 'unknown']),
  why: text(1_000),
});

const stage = z.strictObject({
  name: text(60).min(1),
  verdict: z.enum(['passed', 'failed', 'not-run']),
  tookMs: z.number().nonnegative(),
  exitCode: z.number().int().nullable(),
  criteria: z.array(criterion).max(100).readonly(),
  sentence: text(1_000),
  tail: text(2_000),
});

const result = z.strictObject({
  format: z.literal('rollouts-gate'),
  version: z.literal(1),
  release: text(100).min(1),
  commit: text(100).nullable(),
  startedAt: time,
  endedAt: time,
  verdict: z.enum(['passed', 'failed']),
  stages: z.array(stage).min(1).max(30).readonly(),
});

/** A verdict that its own stages contradict is refused: a failed stage must not pass for a passed gate. */
export const gateResult: z.ZodType<GateResult> = result.refine(
  ({ verdict, stages }) => (verdict === 'passed') === stages.every((one) => one.verdict === 'passed'),
  { path: ['verdict'], error: 'the verdict is not that of the stages' },
);
