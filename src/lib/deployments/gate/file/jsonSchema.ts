import { z } from 'zod';
import { gateFile } from './schema.js';

/** The JSON Schema of `deployment-gate.yaml` as text: `schemas/deployment-gate.schema.json`, for editors. */
export function gateJsonSchema(): string {
  const schema = z.toJSONSchema(gateFile, { io: 'input' });
  return `${JSON.stringify({ title: 'Deployment gate', ...schema }, null, 2)}\n`;
}
