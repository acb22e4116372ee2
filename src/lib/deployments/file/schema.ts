/** What `deployments.yaml` may say. The JSON Schema for editors is made from this. */
import { z } from 'zod';
import { durationIn } from '../../yaml/duration.js';
import { migrationsSection } from './migrationsSection.js';
import { monitorSection } from './monitorSection.js';
import { riskSection } from './riskSection.js';
import { alertsSection } from './alertsSection.js';
import { smokeSection } from './smokeSection.js';

const text = z
  .string('expected text')
  .min(1, 'expected some text')
  .max(500, 'expected at most 500 characters');
const shortTime = durationIn(['s', 'm', 'h'], '90s, 4m or 1h');
const longTime = durationIn(['m', 'h', 'd', 'w'], '12h, 1d or 4w');

/** Programs are started without a shell, so that a line such as `pg_dump > x` would not mean what it says. */
const vector = z
  .array(text, 'expected a program and its arguments as a list, for example [./bring-back.sh, --now]')
  .min(1, 'expected a program and its arguments')
  .max(64, 'expected at most 64 arguments');

const environment = z
  .array(
    z.string().regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable, for example PGHOST'),
  )
  .max(64)
  .describe('Names of environment variables that the programs are given beside PATH, HOME and the language.');

/** RFC 1123: what Kubernetes calls its things. */
const dnsName = z
  .string('expected a name, for example tux-bot-stable')
  .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'expected a name of lower-case letters, digits, - and .');
const labels = z
  .record(z.string().min(1), z.string('expected text; put numbers, true and false in quotes'))
  .refine((value) => Object.keys(value).length > 0, 'expected at least one entry');

const release = text
  .optional()
  .describe(
    "The release of its processes, as RELEASE or the package's version says; the gateway is handed to it.",
  );

const reach = z
  .enum(['every', 'everything'], 'expected every or everything')
  .default('every')
  .describe(
    'Which rollbacks bring the previous version back: every one, also of one feature; or only one of everything. Default every.',
  );

const deadlines = z
  .strictObject({
    bring_up: shortTime.optional().describe('Default 4m.'),
    switch_traffic: shortTime.optional().describe('Default 1m.'),
    take_down: shortTime.optional().describe('Default 1m.'),
  })
  .optional()
  .describe('How long each step may take.');

// PM2's command line takes options and paths where it takes names.
const pm2Name = z
  .string('expected the name of an app')
  .regex(
    /^(?!\d+$)(?!all$)[\w@][\w.@:-]{0,99}$/,
    "expected the name of an app, not a number, a path or 'all'",
  );
const pm2App = z.strictObject({
  name: z
    .union([pm2Name, z.array(pm2Name).min(1, 'expected at least one app').max(100)])
    .describe('The app in PM2, or several where each process is an app of its own.'),
  instances: z.int().min(1).max(100).default(1).describe('How many processes each app has. Default 1.'),
  release,
  ready: z
    .array(z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// address' }))
    .max(100)
    .default([])
    .describe('/readyz of its processes. Without any, being online is enough.'),
});
const pm2 = z.strictObject({
  use: z.literal('pm2'),
  for: reach,
  bin: text.default('pm2').describe('The program. Default pm2, from PATH.'),
  home: text.optional().describe("PM2_HOME, where it is not the environment's."),
  new: pm2App,
  stable: pm2App,
  deadlines,
});

const replicas = z.int().min(1).max(1_000);
const kubernetes = z.strictObject({
  use: z.literal('kubernetes'),
  for: reach,
  namespace: dnsName,
  kubeconfig: text
    .optional()
    .describe("A kubeconfig file. Without it: the pod's own account, else the default file."),
  context: text.optional().describe('Of the kubeconfig file. Default: its current one.'),
  config_map: z
    .strictObject({ name: dnsName, set: labels })
    .optional()
    .describe('The feature-flag ConfigMap, and its values while rolled back.'),
  new: z.strictObject({ deployment: dnsName, replicas }),
  stable: z.strictObject({ deployment: dnsName, replicas, release }),
  service: z
    .strictObject({ name: dnsName, stable: labels, new: labels })
    .optional()
    .describe('The Service whose selector is switched: the labels by which it finds either version.'),
  deadlines,
});

const command = z.strictObject({
  use: z.literal('command'),
  for: reach,
  release,
  bring_up: vector.describe('Ends with exit code 0 once the previous version is ready.'),
  switch_traffic: vector.optional(),
  take_down: vector,
  verify: vector.optional().describe('Exit code 0: all is as a finished rollback leaves it.'),
  undo: vector.optional().describe('The way back to the new version.'),
  env: environment.default([]),
  deadlines,
});

const database = z.strictObject({
  backup: vector.describe('Writes a backup of your database; {file} is replaced by its path.'),
  verify: vector.describe('Exit code 0: the backup can be read.'),
  restore: vector.optional(),
  folder: text,
  timeout: shortTime.optional().describe('For each program. Default 10m.'),
  env: environment.default([]),
});

const snapshots = z.strictObject({
  folder: text.optional().describe('Default: snapshots in DATA_DIR.'),
  every: z
    .union([longTime, z.literal('never')], 'expected a duration such as 12h, 1d or 4w, or never')
    .optional()
    .describe('Default 1d. never: only before rollbacks, restores and migrations.'),
  keep: z.int().min(1).max(10_000).default(14).describe('How many scheduled ones are kept. Default 14.'),
});

export const deploymentsFile = z.strictObject({
  driver: z
    .discriminatedUnion(
      'use',
      [pm2, kubernetes, command],
      'expected use: pm2, use: kubernetes or use: command',
    )
    .optional()
    .describe(
      'How another version of the bot is brought back. Without it rollbacks turn flags off and touch no process.',
    ),
  recovery: z
    .strictObject({
      database: database.optional().describe("Your bot's own database."),
      snapshots: snapshots.optional().describe('Snapshots of the whole state of rollouts.'),
    })
    .optional(),
  drills: z
    .strictObject({ every: longTime.describe('Domain time between two rollback drills.') })
    .optional()
    .describe('Rollback drills on a schedule. Without it: only /rollback drill.'),
  smoke: smokeSection
    .optional()
    .describe('What smoke tests look at beside the bot itself, and when they run.'),
  alerts: alertsSection.optional().describe('Who else is told, and how often on-call is pinged.'),
  migrations: migrationsSection
    .optional()
    .describe("Migrations: of your bot's database, and of the documents of rollouts."),
  monitor: monitorSection.optional(),
  risk: riskSection.optional(),
});

export type WrittenFile = z.output<typeof deploymentsFile>;
