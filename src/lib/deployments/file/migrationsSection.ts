/** `migrations:` of `deployments.yaml`. */
import { z } from 'zod';
import type { MigrationSettings } from '../migrations/MigrationSettings.js';

const name = z
  .string('expected the name of a file, for example schema.sql')
  .regex(/^[\w][\w.-]{0,90}\.sql$/, 'expected the name of a file in the folder, for example schema.sql');

export const migrationsSection = z.strictObject({
  folder: z
    .string('expected a folder')
    .min(1, 'expected a folder')
    .max(500, 'expected at most 500 characters')
    .optional()
    .describe('Where NAME.sql and NAME.down.sql lie that /deploy validate offers. Default migrations.'),
  database_url_env: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable, for example DATABASE_URL')
    .optional()
    .describe(
      'The variable with the address of the PostgreSQL on whose server they are tried. Default DATABASE_URL; where it is empty, an embedded one is used.',
    ),
  schema: z
    .array(name)
    .max(50, 'expected at most 50')
    .optional()
    .describe(
      'Files of the folder that make the embedded PostgreSQL what your database is. Without it: those that come before the chosen one.',
    ),
  state: z
    .enum(['automatic', 'by_hand'], 'expected automatic or by_hand')
    .default('automatic')
    .describe(
      "Whether the bot's own documents are moved to a new release's schema by itself. Default automatic.",
    ),
});

export function migrationsOf(written: z.output<typeof migrationsSection> | undefined): MigrationSettings {
  return {
    folder: written?.folder ?? 'migrations',
    databaseUrlEnv: written?.database_url_env ?? 'DATABASE_URL',
    schema: written?.schema,
    isStateAutomatic: written?.state !== 'by_hand',
  };
}
