/** Turns a typed command into an interaction's data, refusing what Discord's client would not let a person send. */
import {
  ApplicationCommandOptionType as Type,
  ChannelType,
  type APIApplicationCommand,
} from 'discord-api-types/v10';
import { ClientError } from '../interactions/Interaction.js';
import { wireChannel } from '../wire/guilds.js';
import { wireMemberWithoutUser, wireRole, wireUser } from '../wire/people.js';
import type { Wire } from '../wire/Wire.js';
import type { Guild } from '../world/model.js';
import type { World } from '../world/World.js';

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** An option of a command, seen by what the client checks. */
export interface OptionShape {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly options?: readonly OptionShape[];
  readonly channel_types?: readonly number[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

export interface TypedCommand {
  readonly path: string;
  readonly data: Wire;
}

/** What the typed command is about: where, and whether it is only being completed. */
export interface Typing {
  readonly world: World;
  readonly guild: Guild | null;
  /** The option being completed; undefined when the command is sent. */
  readonly focused?: string;
}

/**
 * Finds `path` (`/feature enable`) among the offered commands and builds the data of its interaction.
 * Users, roles and channels may be given by name or id. Throws {@link ClientError}.
 */
export function typeCommand(
  offered: readonly APIApplicationCommand[],
  path: string,
  values: OptionValues,
  typing: Typing,
): TypedCommand {
  const [name, ...steps] = path.replace(/^\//, '').trim().split(/\s+/);
  const command = offered.find((one) => one.name === name);
  if (!command) {
    const known = offered.map((one) => `/${one.name}`).join(', ') || 'none';
    throw new ClientError(`This person is offered no command /${name} here. Offered: ${known}.`);
  }
  let options = (command.options ?? []) as readonly OptionShape[];
  const levels: OptionShape[] = [];
  for (const step of steps) {
    const level = options.find((one) => one.name === step && isLevel(one));
    if (!level) throw new ClientError(`/${name} has no subcommand "${steps.join(' ')}".`);
    levels.push(level);
    options = level.options ?? [];
  }
  if (options.some(isLevel)) {
    const subcommands = options.map((one) => one.name).join(', ');
    throw new ClientError(`/${[name, ...steps].join(' ')} needs a subcommand: ${subcommands}.`);
  }
  const resolved = new Resolved(typing);
  let filled: Wire[] = fill(options, values, typing, resolved);
  for (const level of levels.reverse()) filled = [{ type: level.type, name: level.name, options: filled }];
  return {
    path: [name, ...steps].join(' '),
    data: {
      ...{ id: command.id, name: command.name, type: command.type, options: filled },
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      ...resolved.wire(),
    },
  };
}

const isLevel = ({ type }: OptionShape): boolean =>
  type === (Type.Subcommand as number) || type === (Type.SubcommandGroup as number);

function fill(
  options: readonly OptionShape[],
  values: OptionValues,
  typing: Typing,
  resolved: Resolved,
): Wire[] {
  for (const name of Object.keys(values)) {
    if (!options.some((option) => option.name === name)) {
      throw new ClientError(
        `No option "${name}". Options: ${options.map((one) => one.name).join(', ') || 'none'}.`,
      );
    }
  }
  return options.flatMap((option): Wire[] => {
    const value = values[option.name];
    if (value === undefined) {
      if (option.required && typing.focused === undefined) {
        throw new ClientError(`The option "${option.name}" is required.`);
      }
      return [];
    }
    const isFocused = option.name === typing.focused;
    if (isFocused) return [{ type: option.type, name: option.name, value: String(value), focused: true }];
    return [{ type: option.type, name: option.name, value: accept(option, value, typing, resolved) }];
  });
}

function accept(option: OptionShape, value: string | number | boolean, typing: Typing, resolved: Resolved) {
  const no = (why: string): never => {
    throw new ClientError(`The option "${option.name}" ${why}.`);
  };
  switch (option.type as Type) {
    case Type.String: {
      const text = String(value);
      const { length } = [...text];
      if (length === 0) no('is empty');
      if (length < (option.min_length ?? 0)) no(`needs ${option.min_length} characters or more`);
      if (length > (option.max_length ?? 6000)) no(`takes ${option.max_length ?? 6000} characters or fewer`);
      return chosen(option, text, no);
    }
    case Type.Integer:
    case Type.Number: {
      const number = Number(value);
      if (!Number.isFinite(number)) no('is not a number');
      if (option.type === (Type.Integer as number) && !Number.isInteger(number)) no('is not a whole number');
      // While another option is completed, Discord sends numbers that are out of bounds, too.
      if (typing.focused === undefined) {
        if (number < (option.min_value ?? -Infinity)) no(`must be ${option.min_value} or more`);
        if (number > (option.max_value ?? Infinity)) no(`must be ${option.max_value} or less`);
      }
      return chosen(option, number, no);
    }
    case Type.Boolean:
      return typeof value === 'boolean' ? value : no('is true or false');
    case Type.User:
      return resolved.user(String(value));
    case Type.Role:
      return resolved.role(String(value));
    case Type.Channel:
      return resolved.channel(String(value), option.channel_types);
    default:
      return no('is of a kind that the sandbox cannot type');
  }
}

function chosen<Value extends string | number>(
  option: OptionShape,
  value: Value,
  no: (why: string) => never,
): Value {
  if (!option.choices?.length) return value;
  const choice = option.choices.find((one) => one.value === value || one.name === value);
  if (!choice) no(`takes one of: ${option.choices.map(({ name }) => name).join(', ')}`);
  return choice?.value as Value;
}

/** Collects the users, roles and channels that an interaction names. */
export class Resolved {
  private readonly parts: Record<'users' | 'members' | 'roles' | 'channels', Wire> = {
    ...{ users: {}, members: {}, roles: {}, channels: {} },
  };

  public constructor(private readonly where: Pick<Typing, 'world' | 'guild'>) {}

  public user(nameOrId: string): string {
    const user = this.where.world.user(nameOrId);
    const member = this.where.guild?.members.get(user.id);
    this.parts.users[user.id] = wireUser(user);
    if (member) this.parts.members[user.id] = { ...wireMemberWithoutUser(member), permissions: '0' };
    return user.id;
  }

  public role(nameOrId: string): string {
    const { guild } = this.where;
    const name = nameOrId.replace(/^@/, '');
    const role = [...(guild?.roles.values() ?? [])].find((one) => one.id === name || one.name === name);
    if (!guild || !role) throw new ClientError(`No role "${nameOrId}" here.`);
    this.parts.roles[role.id] = wireRole(guild, role);
    return role.id;
  }

  public channel(nameOrId: string, types?: readonly number[]): string {
    const { guild, world } = this.where;
    if (!guild) throw new ClientError('There are no channels to choose from here.');
    const channel = world.channel(nameOrId, guild);
    if (types?.length && !types.includes(channel.type)) {
      const kinds = types.map((type) => ChannelType[type]).join(', ');
      throw new ClientError(`#${channel.name} is not of a kind that may be chosen here (${kinds}).`);
    }
    this.parts.channels[channel.id] = { ...wireChannel(world, channel), permissions: '0' };
    return channel.id;
  }

  public wire(): { resolved?: Wire } {
    const used = Object.entries(this.parts).filter(([, part]) => Object.keys(part).length > 0);
    return used.length === 0 ? {} : { resolved: Object.fromEntries(used) };
  }
}
