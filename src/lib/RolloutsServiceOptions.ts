/** What the service is opened with. */
import type { ILogger } from '@sapphire/framework';
import type { Client } from 'discord.js';
import type { RolloutsConfig } from '../config/Config.js';
import type { RolloutsConfigOptions } from '../config/resolveConfig.js';
import type { Clock } from './core/Clock.js';
import type { RandomBytes } from './core/ids.js';
import type { Smoke } from './smoke/SmokeTest.js';

/** Where the service takes its time from; tests and the sandbox may speed up domain time, nobody real time. */
export interface RolloutsClocks {
  readonly domainTime?: Clock;
  readonly realTime?: Clock;
}

/** What a host passes as `rollouts` in its client options. */
export interface RolloutsOptions extends RolloutsConfigOptions {
  /** @default the machine's clock */
  readonly clocks?: RolloutsClocks;
}

export interface RolloutsServiceOptions extends RolloutsClocks {
  readonly config: RolloutsConfig;
  readonly client: Client;
  readonly logger: ILogger;
  readonly random?: RandomBytes;
  /** The smoke tests that there are. @default none */
  readonly smokeTests?: () => Iterable<Smoke>;
}
