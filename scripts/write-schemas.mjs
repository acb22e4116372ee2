// Writes the JSON Schemas of our files, which editors complete and check by. Needs a build.
import { mkdir, writeFile } from 'node:fs/promises';
import { deploymentsJsonSchema } from '../dist/esm/lib/deployments/file/jsonSchema.js';
import { gateJsonSchema } from '../dist/esm/lib/deployments/gate/file/jsonSchema.js';
import { planJsonSchema } from '../dist/esm/lib/rollouts/plans/jsonSchema.js';

await mkdir('schemas', { recursive: true });
await writeFile('schemas/rollout-plan.schema.json', planJsonSchema());
await writeFile('schemas/deployments.schema.json', deploymentsJsonSchema());
await writeFile('schemas/deployment-gate.schema.json', gateJsonSchema());
