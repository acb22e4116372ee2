/** What the environment says about the sandbox itself. */
import { z } from 'zod';

/** A start that failed for a reason that the person can do something about. */
export class SandboxStartError extends Error {
  public constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxStartError';
  }
}

const variables = {
  SANDBOX_PORT: {
    least: 0,
    most: 65_535,
    otherwise: 4_000,
    takes: 'a port from 1 to 65535, or 0 for any free one',
  },
  SANDBOX_SPEED: {
    least: 1,
    most: 3_600,
    otherwise: 1,
    takes: 'a number from 1 to 3600: how many times as fast as usual the bot’s time goes',
  },
  SANDBOX_TRAFFIC: {
    least: 0,
    most: 500,
    otherwise: 0,
    takes: 'a number from 0 to 500: how many commands a second simulated members type',
  },
  SANDBOX_GUILDS: {
    least: 4,
    most: 2_500,
    otherwise: 500,
    takes: 'a number from 4 to 2500: how many guilds the bot is in',
  },
} as const;

export interface SandboxSettings {
  readonly port: number;
  readonly speed: number;
  readonly traffic: number;
  readonly guilds: number;
}

/** Throws {@link SandboxStartError}. */
export function readSettings(env: NodeJS.ProcessEnv): SandboxSettings {
  return {
    port: read(env, 'SANDBOX_PORT'),
    speed: read(env, 'SANDBOX_SPEED'),
    traffic: read(env, 'SANDBOX_TRAFFIC'),
    guilds: read(env, 'SANDBOX_GUILDS'),
  };
}

function read(env: NodeJS.ProcessEnv, name: keyof typeof variables): number {
  const { least, most, otherwise, takes } = variables[name];
  const text = env[name]?.trim();
  if (!text) return otherwise;
  const number = z.coerce.number().int().min(least).max(most).safeParse(text);
  if (number.success) return number.data;
  throw new SandboxStartError(`${name} is "${text}". It takes ${takes}.`);
}
