/** What the one who runs the demo may order from outside: how fast domain time runs, and how the greeting behaves. */
import { z } from 'zod';

const orders = z.object({
  kind: z.literal('demo-orders'),
  /** As in `lib/core/Pace.ts`. */
  pace: z.object({ realAt: z.number(), domainAt: z.number(), speed: z.number().positive() }),
  greeting: z.object({
    /** Fraction of all greetings that fail. */
    errorRate: z.number().min(0).max(1),
    /** The median time that a greeting takes, ms. */
    workMs: z.number().min(0),
    /** What is wrong with the new greeting; everything times 1 = nothing. */
    newGreeting: z.object({
      /** Times the error rate. */
      errors: z.number().min(1),
      /** Times the work. */
      slowness: z.number().min(1),
      alwaysFails: z.boolean(),
      /** The only guild where anything is wrong with it; null = everywhere. */
      guildId: z.string().nullable(),
    }),
    /** Every greeting fails, the old one, too. */
    outage: z.boolean(),
  }),
});

export type DemoOrders = z.output<typeof orders>;
export type GreetingOrders = DemoOrders['greeting'];

/** Reads a message of the parent process, or nothing where it is none of these. */
export function readOrders(message: unknown): DemoOrders | undefined {
  return orders.safeParse(message).data;
}

/** Reads the orders that the process is started with. Throws where they are not what is expected. */
export function ordersAtStart(text: string | undefined): DemoOrders | undefined {
  return text === undefined || text === '' ? undefined : orders.parse(JSON.parse(text));
}
