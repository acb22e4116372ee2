import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtInYaml } from '../../../../src/lib/rollouts/plans/builtIn.js';
import { planJsonSchema } from '../../../../src/lib/rollouts/plans/jsonSchema.js';

it('the JSON Schema that is shipped is the one of this code (scripts/write-schemas.mjs writes it)', () => {
  expect(readFileSync('schemas/rollout-plan.schema.json', 'utf8')).toBe(planJsonSchema());
});

it('takes the built-in plan, and refuses a setting that there is not', () => {
  const validate = new Ajv2020({ formats: { uri: (text: string) => URL.canParse(text) } }).compile(
    JSON.parse(planJsonSchema()) as object,
  );
  const plan = parse(builtInYaml) as { rollout_strategy: Record<string, unknown> };
  expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
  plan.rollout_strategy['phase'] = [];
  expect(validate(plan)).toBe(false);
});
