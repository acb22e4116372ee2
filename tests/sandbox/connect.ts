/** A small real bot for the sandbox's own tests: discord.js, and nothing of ours. */
import { Client, Events, GatewayIntentBits, type ClientOptions, type Interaction } from 'discord.js';
import type { Sandbox } from '../../src/sandbox/index.js';

export interface Connected {
  readonly client: Client<true>;
  close(): Promise<void>;
}

/** Logs a client in; resolves when it is ready. */
export async function connect(
  sandbox: Sandbox,
  onInteraction: (interaction: Interaction) => unknown = () => undefined,
  options: Partial<ClientOptions> = {},
): Promise<Connected> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...options,
    rest: { api: sandbox.apiUrl, ...options.rest },
  });
  client.on(Events.InteractionCreate, (interaction) => {
    Promise.resolve(onInteraction(interaction)).catch((error: unknown) =>
      client.emit('error', error as Error),
    );
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.botToken);
  return { client: await ready, close: () => client.destroy() };
}
