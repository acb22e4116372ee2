/** The simulated members and where they type: plainly marked as such, in a channel of their own in each guild. */
import type { ClientPorts } from '../people/ClientActions.js';
import { ClientActions } from '../people/ClientActions.js';
import type { Channel, Guild, User } from '../world/model.js';
import { fixedId } from '../world/snowflake.js';
import { textChannel } from '../world/textChannel.js';

const people = 60;
/** How many of them are in one guild. */
const aGuild = 4;
const firstPerson = 900_000;
const channelName = 'simulated-traffic';
/** Old greetings interest nobody. */
const keptMessages = 30;

export class Crowd {
  private members: readonly User[] = [];
  private readonly channels = new Map<string, Channel>();

  public constructor(private readonly ports: ClientPorts) {}

  /** One of the guild's simulated members, in front of their channel. */
  public someone(guild: Guild, random: () => number): ClientActions {
    const members = this.everybody();
    const number = Math.floor(random() * aGuild);
    const first = Number((BigInt(guild.id) >> 22n) % BigInt(people));
    const user = members[(first + number) % people];
    if (!user) throw new Error('There are no simulated members.');
    // Part of the crowd that the member count has always counted.
    if (!guild.members.has(user.id)) guild.members.set(user.id, { userId: user.id, roles: new Set() });
    return new ClientActions(this.ports, user, this.channel(guild));
  }

  private everybody(): readonly User[] {
    if (this.members.length === 0) {
      this.members = Array.from({ length: people }, (_, index) =>
        this.ports.world.addUser({
          ...{ id: fixedId('user', firstPerson + index), name: `simulated_${index + 1}` },
          ...{ bot: false, directMessagesClosed: false },
        }),
      );
    }
    return this.members;
  }

  private channel(guild: Guild): Channel {
    const known = this.channels.get(guild.id);
    if (known && this.ports.world.channels.has(known.id)) return known;
    const topic = 'Simulated members type here. Nobody in this channel is a person.';
    const made = textChannel(this.ports.world.ids.next(), guild, channelName, { topic, keptMessages });
    this.channels.set(guild.id, made);
    this.ports.world.addChannel(made);
    return made;
  }
}
