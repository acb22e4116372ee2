/** What the routes work on, and how they find a channel, guild or message that the bot may touch. */
import type { CommandBook } from '../commands/CommandBook.js';
import type { InteractionDesk } from '../interactions/InteractionDesk.js';
import type { MessageDesk } from '../messages/MessageDesk.js';
import type { Channel, Guild, Message } from '../world/model.js';
import { may } from '../world/permissions.js';
import type { World } from '../world/World.js';
import { refusals } from './ApiError.js';

type Right = Parameters<typeof may>[1];

export class Rooms {
  public constructor(
    public readonly world: World,
    public readonly messages: MessageDesk,
    public readonly interactions: InteractionDesk,
    public readonly commands: CommandBook,
  ) {}

  /** Throws 10004 where there is none with the bot in it. */
  public guild(id: string): Guild {
    const guild = this.world.guilds.get(id);
    if (!guild?.members.has(this.world.bot.id)) throw refusals.unknownGuild();
    return guild;
  }

  /** A channel that the bot sees and may do all this in; throws 10003, 50001 or 50013. */
  public channel(id: string, ...rights: readonly Right[]): Channel {
    const channel = this.world.channels.get(id);
    if (!channel) throw refusals.unknownChannel();
    if (!this.world.canSee(channel, this.world.bot.id)) throw refusals.missingAccess();
    if (!may(this.world.permissions(channel, this.world.bot.id), ...rights))
      throw refusals.missingPermissions();
    return channel;
  }

  /** A message that everybody in the channel sees; throws 10008. */
  public message(channel: Channel, id: string): Message {
    const message = channel.messages.get(id);
    if (!message || message.onlyFor !== null) throw refusals.unknownMessage();
    return message;
  }
}
