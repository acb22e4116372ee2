/** The simulated members and where they type: plainly marked as such, in a channel of their own in each guild. */
import type { ClientPorts } from '../people/ClientActions.js';
import { ClientActions } from '../people/ClientActions.js';
import type { Channel, Guild, User } from '../world/model.js';
import { fixedId } from '../world/snowflake.js';
import { textChannel } from '../world/textChannel.js';

/** Each guild has its own. */
const aGuild = 10;
const firstPerson = 900_000;
const channelName = 'simulated-traffic';
/** Old greetings interest nobody. */
const keptMessages = 30;

export class Crowd {
  private readonly members = new Map<string, readonly User[]>();
  private readonly channels = new Map<string, Channel>();

  public constructor(private readonly ports: ClientPorts) {}

  /** One of the guild's simulated members, in front of their channel. */
  public someone(guild: Guild, random: () => number): ClientActions {
    const user = this.membersOf(guild)[Math.floor(random() * aGuild)];
    if (!user) throw new Error('There are no simulated members.');
    return new ClientActions(this.ports, user, this.channel(guild));
  }

  private membersOf(guild: Guild): readonly User[] {
    const known = this.members.get(guild.id);
    if (known) return known;
    const first = this.members.size * aGuild;
    const members = Array.from({ length: aGuild }, (_, index) => this.member(guild, first + index + 1));
    this.members.set(guild.id, members);
    return members;
  }

  /** Part of the crowd that the guild's member count has always counted. */
  private member(guild: Guild, number: number): User {
    const id = fixedId('user', firstPerson + number);
    guild.members.set(id, { userId: id, roles: new Set() });
    const facts = { bot: false, directMessagesClosed: false };
    return this.ports.world.addUser({ id, name: `simulated_${number}`, ...facts });
  }

  private channel(guild: Guild): Channel {
    const known = this.channels.get(guild.id);
    if (known && this.ports.world.channels.has(known.id)) return known;
    const topic = 'Simulated members type here. Nobody in this channel is a person.';
    const made = textChannel(this.ports.world.ids.next(), guild, channelName, {
      topic,
      keptMessages,
      isMuted: true,
    });
    this.channels.set(guild.id, made);
    this.ports.world.addChannel(made);
    return made;
  }
}
