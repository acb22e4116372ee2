/** The application commands that the bot registered, global and per guild, and who is offered which. */
import {
  ApplicationCommandType,
  PermissionFlagsBits,
  type APIApplicationCommand,
} from 'discord-api-types/v10';
import { refusals } from '../rest/ApiError.js';
import type { CommandBody, CommandEditBody } from '../rules/commands.js';
import type { Channel } from '../world/model.js';
import type { World } from '../world/World.js';

/** null: the global ones. */
export type CommandScope = string | null;

const maxCommands = 100;
const inGuild = 0;
const inBotDm = 1;

export class CommandBook {
  private readonly scopes = new Map<CommandScope, Map<string, APIApplicationCommand>>();

  public constructor(private readonly world: World) {}

  public list(scope: CommandScope): APIApplicationCommand[] {
    return [...(this.scopes.get(scope)?.values() ?? [])];
  }

  /** Throws 10063. */
  public get(scope: CommandScope, id: string): APIApplicationCommand {
    const command = this.scopes.get(scope)?.get(id);
    if (!command) throw refusals.unknownCommand();
    return command;
  }

  /** Creates a command, or replaces the one with its name; throws 30032 over 100. */
  public put(scope: CommandScope, body: CommandBody): { command: APIApplicationCommand; isNew: boolean } {
    const commands = this.of(scope);
    const old = this.list(scope).find((one) => isSame(one, body));
    if (!old && commands.size >= maxCommands) throw refusals.tooManyCommands();
    const command = this.store(scope, body, old?.id ?? this.world.ids.next());
    commands.set(command.id, command);
    this.world.tell({ type: 'commandsChange' });
    return { command, isNew: !old };
  }

  /** Makes these the only commands; those that keep their name keep their id. */
  public replaceAll(scope: CommandScope, bodies: readonly CommandBody[]): APIApplicationCommand[] {
    if (bodies.length > maxCommands) throw refusals.tooManyCommands();
    const old = this.list(scope);
    const commands = bodies.map((body) => {
      const same = old.find((one) => isSame(one, body));
      return this.store(scope, body, same?.id ?? this.world.ids.next());
    });
    this.scopes.set(scope, new Map(commands.map((command) => [command.id, command])));
    this.world.tell({ type: 'commandsChange' });
    return commands;
  }

  public edit(scope: CommandScope, id: string, body: CommandEditBody): APIApplicationCommand {
    const old = this.get(scope, id);
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const command = this.store(scope, { ...(old as unknown as CommandBody), ...given }, id);
    this.of(scope).set(id, command);
    this.world.tell({ type: 'commandsChange' });
    return command;
  }

  public remove(scope: CommandScope, id: string): void {
    this.get(scope, id);
    this.of(scope).delete(id);
    this.world.tell({ type: 'commandsChange' });
  }

  /** The slash commands that Discord offers this person in this channel. A guild's command hides the global one of its name. */
  public visible(channel: Channel, userId: string): APIApplicationCommand[] {
    const context = channel.guildId === null ? inBotDm : inGuild;
    const own = channel.guildId === null ? [] : this.list(channel.guildId);
    const global = this.list(null).filter(({ name }) => !own.some((one) => one.name === name));
    const rights = this.world.permissions(channel, userId);
    if (channel.guildId !== null && !(rights & PermissionFlagsBits.UseApplicationCommands)) return [];
    return [...own, ...global]
      .filter(({ type }) => type === ApplicationCommandType.ChatInput)
      .filter(
        ({ guild_id, contexts }) =>
          guild_id !== undefined || (contexts ?? [inGuild, inBotDm]).some((one: number) => one === context),
      )
      .filter(({ default_member_permissions: needed }) => {
        if (needed === null || channel.guildId === null) return true;
        // "0" is Discord's way to say: administrators only.
        const bits = BigInt(needed) || PermissionFlagsBits.Administrator;
        return (rights & bits) === bits;
      });
  }

  private of(scope: CommandScope): Map<string, APIApplicationCommand> {
    const commands = this.scopes.get(scope) ?? new Map<string, APIApplicationCommand>();
    this.scopes.set(scope, commands);
    return commands;
  }

  private store(scope: CommandScope, body: CommandBody, id: string): APIApplicationCommand {
    const { options, contexts, integration_types, default_member_permissions, ...rest } = body;
    const onlyGlobal = {
      contexts: contexts ?? (body.dm_permission === false ? [inGuild] : null),
      integration_types: integration_types ?? [0],
      dm_permission: contexts ? contexts.includes(inBotDm) : body.dm_permission !== false,
    };
    const command = {
      ...rest,
      id,
      application_id: this.world.bot.id,
      version: this.world.ids.next(),
      type: body.type ?? ApplicationCommandType.ChatInput,
      description: body.description ?? '',
      name_localizations: body.name_localizations ?? null,
      description_localizations: body.description_localizations ?? null,
      default_member_permissions: default_member_permissions ?? null,
      nsfw: body.nsfw ?? false,
      ...(options?.length ? { options } : {}),
      ...(scope === null ? onlyGlobal : { guild_id: scope }),
    };
    return withoutUnset(command) as unknown as APIApplicationCommand;
  }
}

const slashCommand: number = ApplicationCommandType.ChatInput;

/** Within a scope, a name is taken once for each type. */
function isSame(one: { readonly name: string; readonly type: number }, body: CommandBody): boolean {
  return one.name === body.name && one.type === (body.type ?? slashCommand);
}

/** Discord leaves out what is not set inside options, and `default_permission`, which it no longer has. */
function withoutUnset(command: Record<string, unknown>): Record<string, unknown> {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== null && field !== undefined)
        .map(([key, field]) => [key, clean(field)]),
    );
  };
  const { default_permission: _, ...rest } = command;
  return 'options' in rest ? { ...rest, options: clean(rest['options']) } : rest;
}
