/** `smoke:` of `deployments.yaml`. */
import { z } from 'zod';
import type { SmokeSettings } from '../../smoke/SmokeSettings.js';
import { longestLogsMs } from '../../smoke/SmokeSettings.js';
import { durationIn } from '../../yaml/duration.js';

const name = z.string('expected a name').min(1, 'expected a name').max(60, 'expected at most 60 characters');
const address = z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// address' });
const variable = z
  .string()
  .regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable, for example LOKI_TOKEN');

const endpoint = z.strictObject({
  name,
  url: address,
  status: z.int().min(100).max(599).default(200).describe('The only status that is right. Default 200.'),
  within: durationIn(['s'], '2s').optional().describe('Default 2s.'),
});
const endpoints = z.array(endpoint).max(20, 'expected at most 20').default([]);

export const smokeSection = z.strictObject({
  every: durationIn(['m', 'h', 'd'], '30m, 6h or 1d')
    .optional()
    .describe(
      'How often the suite "smoke" runs by itself. Without it: only when asked, and after deployments.',
    ),
  endpoints: endpoints.describe('HTTP endpoints that the bot cannot do without.'),
  dashboards: endpoints.describe('Dashboards that people look at; any status that is right for them.'),
  logs: z
    .strictObject({
      url: address,
      within: durationIn(['s'], '25s')
        .refine((ms) => ms <= longestLogsMs, 'expected at most 60s')
        .optional()
        .describe('How long a line may take to get there. Default 25s, at most 60s.'),
      token_env: variable.optional().describe('The environment variable with a bearer token.'),
    })
    .optional()
    .describe(
      'An address that answers with log lines; {marker} in it is replaced by what is looked for in them.',
    ),
});

const defaultWithinMs = 2_000;
/** Aggregators take their time. */
const defaultLogsWithinMs = 25_000;

export function smokeOf(written: z.output<typeof smokeSection>): SmokeSettings {
  const laidOut = ({ name: called, url, status, within }: z.output<typeof endpoint>) => ({
    ...{ name: called, url, status },
    withinMs: within ?? defaultWithinMs,
  });
  return {
    everyMs: written.every,
    endpoints: written.endpoints.map(laidOut),
    dashboards: written.dashboards.map(laidOut),
    logs: written.logs && {
      ...{ url: written.logs.url, tokenEnv: written.logs.token_env },
      withinMs: written.logs.within ?? defaultLogsWithinMs,
    },
  };
}
