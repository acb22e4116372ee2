import { z } from 'zod';
import { deploymentsFile } from './schema.js';

/** The JSON Schema of `deployments.yaml` as text: `schemas/deployments.schema.json`, for editors. */
export function deploymentsJsonSchema(): string {
  const schema = z.toJSONSchema(deploymentsFile, { io: 'input' });
  return `${JSON.stringify({ title: 'Deployments', ...schema }, null, 2)}\n`;
}
