/** What the bot's process is told of the knobs: how its demo has to behave, and nothing about a sandbox. */
import type { Pace } from '../../lib/core/Pace.js';
import type { Knobs } from './Knobs.js';

export interface BotOrders {
  readonly kind: 'demo-orders';
  readonly pace: Pace;
  readonly greeting: {
    readonly errorRate: number;
    readonly workMs: number;
    readonly newGreeting: {
      readonly errors: number;
      readonly slowness: number;
      readonly alwaysFails: boolean;
      readonly guildId: string | null;
    };
    readonly outage: boolean;
  };
}

/** With simulated members a greeting is work, and fails now and then, as any command does. */
const usualErrorRate = 0.01;
const usualWorkMs = 20;

export function ordersFor(knobs: Knobs, pace: Pace): BotOrders {
  const { traffic, errors, slowness, alwaysFails, guild, outage } = knobs;
  const isUsed = traffic > 0;
  return {
    kind: 'demo-orders',
    pace,
    greeting: {
      errorRate: isUsed ? usualErrorRate : 0,
      workMs: isUsed || slowness > 1 ? usualWorkMs : 0,
      newGreeting: { errors, slowness, alwaysFails, guildId: guild },
      outage,
    },
  };
}
