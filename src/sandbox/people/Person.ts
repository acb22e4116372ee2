/** What tests type and press: one person in one channel, and what they see of it. */
import type { APIApplicationCommand } from 'discord-api-types/v10';
import { ClientError, type Choice, type Interaction } from '../interactions/Interaction.js';
import type { Channel, User } from '../world/model.js';
import { ClientActions, type ClientPorts } from './ClientActions.js';
import type { OptionValues } from './commandInput.js';
import { seeMessage, seeModal, type Seen } from './Seen.js';

const nextTimeoutMs = 10_000;

export class Person {
  public constructor(
    private readonly ports: ClientPorts,
    public readonly user: User,
  ) {}

  /**
   * Where the person types: a channel of the staff guild, a channel of another guild, or the direct messages with the bot.
   *
   * @example sandbox.as('admin').in('operations')
   * @example sandbox.as('beta1_manager').in('general', 'beta_server_1')
   * @example sandbox.as('beta1_manager').in({ dmWithBot: true })
   */
  public in(channel: string | { readonly dmWithBot: true }, guild?: string): PersonInChannel {
    return new PersonInChannel(this.ports, this.user, this.find(channel, guild));
  }

  /** Calls back for every message and edit that this person sees in the staff guild, threads included; the answer stops it. */
  public watch(see: (seen: Seen, channel: string) => void): () => void {
    const { world } = this.ports;
    return world.listen((event) => {
      if (event.type !== 'messageCreate' && event.type !== 'messageUpdate') return;
      const channel = world.channels.get(event.message.channelId);
      if (channel?.guildId !== world.staffGuildId || !world.canRead(event.message, this.user.id)) return;
      see(seeMessage(world, event.message), channel.name);
    });
  }

  private find(channel: string | { readonly dmWithBot: true }, guild?: string): Channel {
    const { world } = this.ports;
    if (typeof channel !== 'string') return world.directMessages(this.user);
    const byId = guild === undefined ? world.channels.get(channel) : undefined;
    return byId ?? world.channel(channel, world.guild(guild ?? world.staffGuildId));
  }
}

export class PersonInChannel {
  private readonly actions: ClientActions;

  public constructor(
    private readonly ports: ClientPorts,
    user: User,
    private readonly channel: Channel,
  ) {
    this.actions = new ClientActions(ports, user, channel);
  }

  /** The slash commands offered here. */
  public commands(): APIApplicationCommand[] {
    return this.actions.commands();
  }

  /**
   * Sends a slash command. Resolves with what the person sees in the end (behind "thinking", too);
   * rejects with what the client says where nothing comes.
   */
  public async slash(path: string, values: OptionValues = {}): Promise<Seen> {
    return this.see(this.actions.slash(path, values));
  }

  /** The choices for `focused`, whose text so far stands in `values`. */
  public async complete(path: string, values: OptionValues, focused: string): Promise<readonly Choice[]> {
    const outcome = await this.actions.autocomplete(path, values, focused).final;
    return outcome.kind === 'choices' ? outcome.choices : [];
  }

  /** Presses a button by its label or custom id. */
  public async click(message: Seen | string, labelOrId: string): Promise<Seen> {
    return this.see(this.actions.click(idOf(message), labelOrId));
  }

  /** Chooses in a select by its placeholder or custom id. */
  public async choose(
    message: Seen | string,
    placeholderOrId: string,
    values: readonly string[],
  ): Promise<Seen> {
    return this.see(this.actions.choose(idOf(message), placeholderOrId, values));
  }

  /** Sends a modal that was seen; fields by label or custom id. */
  public async submit(modal: Seen, values: Readonly<Record<string, string>>): Promise<Seen> {
    if (!modal.modal) throw new ClientError('This is not a modal.');
    return this.see(this.actions.submit(modal.modal.interactionId, values));
  }

  /** Writes an ordinary message. */
  public async say(content: string): Promise<Seen> {
    return seeMessage(this.ports.world, this.actions.say(content));
  }

  /** What this person sees here, newest last. */
  public async messages(): Promise<Seen[]> {
    return this.actions.messages().map((message) => seeMessage(this.ports.world, message));
  }

  /** The next message or edit that this person sees here and that `matches`; rejects after 10 s. */
  public next(matches: (seen: Seen) => boolean = () => true, timeoutMs = nextTimeoutMs): Promise<Seen> {
    const { world } = this.ports;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(
          new ClientError(`Nothing that matches came to #${this.channel.name} within ${timeoutMs / 1000} s.`),
        );
      }, timeoutMs);
      const stop = world.listen((event) => {
        if (event.type !== 'messageCreate' && event.type !== 'messageUpdate') return;
        const { message } = event;
        if (message.channelId !== this.channel.id || !world.canRead(message, this.actions.user.id)) return;
        const seen = seeMessage(world, message);
        if (!matches(seen)) return;
        stop();
        clearTimeout(timer);
        resolve(seen);
      });
    });
  }

  private async see(interaction: Interaction): Promise<Seen> {
    const outcome = await interaction.final;
    const { world } = this.ports;
    if (outcome.kind === 'message') return seeMessage(world, outcome.message);
    if (outcome.kind === 'modal')
      return seeModal(world, interaction.facts.id, this.channel.id, outcome.modal);
    throw new ClientError('The bot answered with choices where a message was due.');
  }
}

const idOf = (message: Seen | string): string => (typeof message === 'string' ? message : message.id);
