// Writes the JSON Schema of plan files, which editors complete and check by. Needs a build.
import { mkdir, writeFile } from 'node:fs/promises';
import { planJsonSchema } from '../dist/esm/lib/rollouts/plans/jsonSchema.js';

await mkdir('schemas', { recursive: true });
await writeFile('schemas/rollout-plan.schema.json', planJsonSchema());
