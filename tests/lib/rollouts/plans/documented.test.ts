import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { planJsonSchema } from '../../../../src/lib/rollouts/plans/jsonSchema.js';
import { readPlan } from '../../../../src/lib/rollouts/plans/readPlan.js';

const text = readFileSync('docs/plans.md', 'utf8');

it('every plan in docs/plans.md can be followed', () => {
  const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml ?? '');
  expect(examples.length).toBeGreaterThanOrEqual(2);
  for (const yaml of examples) expect(readPlan(yaml, 'docs/plans.md', 'example')).toMatchObject({ ok: true });
});

it('docs/plans.md names every key that a plan file may have', () => {
  const keys = new Set<string>();
  collectKeys(JSON.parse(planJsonSchema()), keys);
  const missing = [...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(text));
  expect(missing).toEqual([]);
});

function collectKeys(schema: unknown, keys: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'properties' && !Array.isArray(schema))
      for (const key of Object.keys(value as object)) keys.add(key);
    collectKeys(value, keys);
  }
}
