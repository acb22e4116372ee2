/** What `deployment-gate.yaml` may say. The JSON Schema for editors is made from this. */
import { z } from 'zod';
import { durationIn } from '../../../yaml/duration.js';

const text = (most: number) =>
  z.string('expected text').min(1, 'expected some text').max(most, `expected at most ${most} characters`);
const timeout = durationIn(['s', 'm', 'h'], '90s, 10m or 1h');
const env = z
  .array(
    z
      .string()
      .regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable, for example DATABASE_URL'),
  )
  .max(64);
const measure = z.string().regex(/^[A-Za-z_]\w{0,59}$/, 'expected a name such as cold_start');

const stage = z.strictObject({
  name: z
    .string('expected a name, for example unit_tests')
    .regex(/^[\w.-]+( [\w.-]+)*$/, 'expected a name of letters, digits, spaces and . _ -')
    .max(60, 'expected at most 60 characters'),
  command: text(2_000).describe(
    'Words are split as a shell would, && is a sequence; anything else that needs a shell belongs into a script.',
  ),
  success_criteria: text(500)
    .optional()
    .describe('For example: coverage >= 80% AND all tests pass. Without it: exit code 0.'),
  timeout: timeout.optional().describe('Default 10m.'),
  cwd: text(500).optional().describe('From the folder of this file, which is the default.'),
  env: env
    .default([])
    .describe('Names of environment variables that the command is given beside PATH, HOME and the language.'),
  reports: z
    .array(text(500), 'expected a list of files or folders')
    .min(1, 'expected at least one file, or no such setting at all')
    .max(50)
    .optional()
    .describe(
      'Files or folders, from cwd, that the command writes; stdout is what it prints. Default: the usual places.',
    ),
  measures: z
    .record(measure, text(200))
    .default({})
    .describe('Numbers of your own: name -> where it stands in a JSON report, for example results.0.mean.'),
  exit_codes: z
    .array(z.int().min(0).max(255))
    .min(1, 'expected at least one exit code')
    .optional()
    .describe('Codes that say that the command did its work. Default 0.'),
});

export const gateFile = z.strictObject({
  baseline: text(500)
    .default('gate-baseline.json')
    .describe('The file that keeps the baseline, from the folder of this file. Default gate-baseline.json.'),
  env: env.default([]).describe('The same, for every stage.'),
  stages: z
    .array(stage, 'expected a list of stages')
    .min(1, 'expected at least one stage')
    .max(30, 'expected at most 30 stages'),
});

export type WrittenGate = z.output<typeof gateFile>;
