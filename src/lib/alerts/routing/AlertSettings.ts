/** Who else is told, how loudly, and how often: what alerts are told by `deployments.yaml`, after it was checked. */
import type { Tone } from '../Card.js';

/** One of the three staff channels, or a webhook by its name. */
export type RouteTarget = 'operations' | 'dev-team' | 'management' | { readonly webhook: string };

/** Notices of these kinds, as grave as this, go there as well. */
export interface Route {
  /** Kinds of notices; `*` stands for anything: `rollback`, `deployment*`. */
  readonly events: readonly string[];
  /** The least grave that goes there. */
  readonly severity: Tone;
  readonly to: readonly RouteTarget[];
}

export interface AlertWebhook {
  readonly name: string;
  /** The environment variable with its address, which is a secret. */
  readonly urlEnv: string;
}

export interface AlertSettings {
  readonly routes: readonly Route[];
  readonly webhooks: readonly AlertWebhook[];
  /** Beyond so many messages a minute in one channel, the rest are told together. */
  readonly messagesAMinute: number;
  readonly escalation: {
    /** Real time between two pings while nobody says that they are on it, ms. */
    readonly everyMs: number;
    /** How often on-call is pinged for one thing, the first time included. */
    readonly times: number;
  };
}

export const alertDefaults: AlertSettings = {
  routes: [],
  webhooks: [],
  messagesAMinute: 12,
  escalation: { everyMs: 600_000, times: 3 },
};
