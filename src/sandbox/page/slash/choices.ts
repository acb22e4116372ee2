/** What can be chosen for an option without asking the bot: its choices, True/False, people, channels, roles. */
import {
  ApplicationCommandOptionType as Type,
  ChannelType,
  type APIApplicationCommandBasicOption,
} from 'discord-api-types/v10';
import type { PageGuild, PageSnapshot } from '../../pageApi.js';

export interface Choice {
  readonly name: string;
  readonly value: string | number | boolean;
}

/** Discord shows 25 at most. */
const most = 25;

/** A thread's parent is a channel to choose, the thread itself is not. */
const threads = new Set<number>([ChannelType.PublicThread, ChannelType.PrivateThread]);

function people(snapshot: PageSnapshot): Choice[] {
  return [...snapshot.people, snapshot.bot].map(({ id, name }) => ({ name: `@${name}`, value: id }));
}

function roles(guild: PageGuild | undefined): Choice[] {
  return (guild?.roles ?? []).map(({ id, name }) => ({ name: `@${name.replace(/^@/, '')}`, value: id }));
}

function all(
  option: APIApplicationCommandBasicOption,
  snapshot: PageSnapshot,
  guild: PageGuild | undefined,
): readonly Choice[] {
  switch (option.type) {
    case Type.Boolean:
      return [
        { name: 'True', value: true },
        { name: 'False', value: false },
      ];
    case Type.User:
      return people(snapshot);
    case Type.Role:
      return roles(guild);
    case Type.Mentionable:
      return [...people(snapshot), ...roles(guild)];
    case Type.Channel: {
      const types: readonly number[] = option.channel_types ?? [];
      return (guild?.channels ?? [])
        .filter(({ type }) => (types.length === 0 ? !threads.has(type) : types.includes(type)))
        .map(({ id, name }) => ({ name: `#${name}`, value: id }));
    }
    case Type.String:
    case Type.Integer:
    case Type.Number:
      return option.choices ?? [];
    default:
      return [];
  }
}

export function asksTheBot(option: APIApplicationCommandBasicOption): boolean {
  return 'autocomplete' in option && option.autocomplete === true;
}

/** Choices that contain what was typed, at most 25. */
export function choicesFor(
  option: APIApplicationCommandBasicOption,
  typed: string,
  snapshot: PageSnapshot,
  guild: PageGuild | undefined,
): Choice[] {
  const wanted = typed.trim().toLowerCase();
  return all(option, snapshot, guild)
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, most);
}
