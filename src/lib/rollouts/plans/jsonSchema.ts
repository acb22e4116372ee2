import { z } from 'zod';
import { planFile } from './schema.js';

/** The JSON Schema of a plan file as text: `schemas/rollout-plan.schema.json`, for editors. */
export function planJsonSchema(): string {
  const schema = z.toJSONSchema(planFile, { io: 'input' });
  return `${JSON.stringify({ title: 'Rollout plan', ...schema }, null, 2)}\n`;
}
