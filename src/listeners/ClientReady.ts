import { Listener } from '@sapphire/framework';
import { Events, type Client } from 'discord.js';

/** The gateway knows this process's guilds now: the service begins to act. */
export class ClientReadyListener extends Listener<typeof Events.ClientReady> {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ClientReady, once: true });
  }

  public async run(client: Client<true>): Promise<void> {
    await this.container.rollouts.begin(client);
  }
}
