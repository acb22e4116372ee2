/** `alerts:` of `deployments.yaml`. */
import { z } from 'zod';
import { alertDefaults, type AlertSettings, type RouteTarget } from '../../alerts/routing/AlertSettings.js';
import { durationIn } from '../../yaml/duration.js';

const webhookName = z
  .string('expected the name of a webhook')
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected a name of lower-case letters, digits and -');
const staffChannels = ['operations', 'dev-team', 'management'] as const;

export const alertsSection = z.strictObject({
  webhooks: z
    .array(
      z.strictObject({
        name: webhookName.refine(
          (name) => !(staffChannels as readonly string[]).includes(name),
          'expected another name: this is one of the staff channels',
        ),
        url_env: z
          .string()
          .regex(
            /^[A-Za-z_]\w*$/,
            'expected the name of an environment variable, for example SLACK_WEBHOOK_URL',
          ),
      }),
    )
    .max(10, 'expected at most 10')
    .default([])
    .describe('Webhooks that take {"text": …}, as those of Slack, Mattermost and Rocket.Chat.'),
  routes: z
    .array(
      z.strictObject({
        events: z
          .array(
            z.string().regex(/^[a-z*][a-z0-9*-]{0,39}$/, 'expected a kind of notice, for example rollback'),
          )
          .min(1)
          .default(['*'])
          .describe('Kinds of notices; * stands for anything. Default: all.'),
        severity: z
          .enum(['info', 'good', 'warn', 'bad'], 'expected info, good, warn or bad')
          .default('info')
          .describe('The least grave that goes there. Default info: all.'),
        to: z.array(webhookName).min(1, 'expected a channel or a webhook').max(10),
      }),
    )
    .max(50, 'expected at most 50')
    .default([])
    .describe('Who is told beside those whom a notice is for.'),
  messages_a_minute: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Beyond so many messages a minute in one channel, the rest are told together. Default 12.'),
  escalation: z
    .strictObject({
      every: durationIn(['s', 'm', 'h'], '10m').optional().describe('Default 10m.'),
      times: z.int().min(1).max(10).optional().describe('The first ping included. Default 3.'),
    })
    .optional()
    .describe('On-call is pinged again until somebody says that they are on it.'),
});

type Written = z.output<typeof alertsSection>;

export function alertsOf({ webhooks, routes, messages_a_minute, escalation }: Written): AlertSettings {
  const targetOf = (name: string): RouteTarget =>
    staffChannels.find((channel) => channel === name) ?? { webhook: name };
  return {
    webhooks: webhooks.map(({ name, url_env }) => ({ name, urlEnv: url_env })),
    routes: routes.map(({ events, severity, to }) => ({ events, severity, to: to.map(targetOf) })),
    messagesAMinute: messages_a_minute ?? alertDefaults.messagesAMinute,
    escalation: {
      everyMs: escalation?.every ?? alertDefaults.escalation.everyMs,
      times: escalation?.times ?? alertDefaults.escalation.times,
    },
  };
}

/** A route to a webhook that nobody named would tell nobody. */
export function unknownWebhooks({ webhooks, routes }: Written): readonly { route: number; name: string }[] {
  const known = new Set<string>([...staffChannels, ...webhooks.map(({ name }) => name)]);
  return routes.flatMap(({ to }, route) =>
    to.filter((name) => !known.has(name)).map((name) => ({ route, name })),
  );
}
