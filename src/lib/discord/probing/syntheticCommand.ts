/** Builds a slash command as Discord would deliver it, from facts alone, with a sink in place of the way back. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChatInputCommandInteraction,
  InteractionType,
  PermissionsBitField,
  SnowflakeUtil,
  type APIApplicationCommandInteractionDataOption,
  type Client,
} from 'discord.js';
import { ReplySink } from './ReplySink.js';
import { markSynthetic, type SyntheticNotes } from './synthetic.js';

/** What is typed. */
export interface TypedCommand {
  /** A command's name as it is registered, without the slash. */
  readonly command: string;
  readonly subcommand?: string;
  /** Texts, numbers and yes or no, by the option's name. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/** Where it is typed, and as whom. */
export interface Standpoint {
  readonly guildId: string;
  readonly channelId: string;
  /** Roles of the person. */
  readonly roleIds: readonly string[];
  /** Of the person, in that channel. @default every one */
  readonly permissions?: bigint;
}

export interface SyntheticCommand {
  readonly interaction: ChatInputCommandInteraction;
  readonly sink: ReplySink;
  readonly notes: SyntheticNotes;
  /** The person does not exist, and is taken out of the caches again. */
  forget(): void;
}

/** People see it where a command shows who asked. */
const name = 'rollouts-probe';

/** @param now real time, ms since epoch */
export function syntheticCommand(
  client: Client<true>,
  typed: TypedCommand,
  { guildId, channelId, roleIds, permissions = PermissionsBitField.All }: Standpoint,
  now: number,
): SyntheticCommand {
  const id = SnowflakeUtil.generate({ timestamp: now }).toString();
  const user = { id, username: name, global_name: null, discriminator: '0', avatar: null, bot: false };
  const all = PermissionsBitField.All.toString();
  const bot = { id: client.user.id, username: client.user.username, global_name: null };
  const sink = new ReplySink(id, { ...bot, discriminator: '0', avatar: null, bot: true });
  const raw = {
    id,
    application_id: client.application.id,
    type: InteractionType.ApplicationCommand,
    token: name,
    version: 1,
    data: { id, name: typed.command, type: ApplicationCommandType.ChatInput, options: optionsOf(typed) },
    channel_id: channelId,
    channel: { id: channelId, type: 0, permissions: all },
    guild_id: guildId,
    guild: { id: guildId, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    member: {
      ...{
        user,
        roles: [...roleIds],
        permissions: permissions.toString(),
        nick: null,
        avatar: null,
        flags: 0,
      },
      ...{ joined_at: new Date(now).toISOString(), deaf: false, mute: false },
    },
    locale: 'en-US',
    app_permissions: all,
    entitlements: [],
    authorizing_integration_owners: { '0': guildId },
    context: 0,
    attachment_size_limit: 10 * 1024 * 1024,
  };
  // Everything of the client but its way to Discord.
  const deaf = Object.create(client, { rest: { value: sink } }) as Client;
  const interaction = Reflect.construct(ChatInputCommandInteraction, [
    deaf,
    raw,
  ]) as ChatInputCommandInteraction;
  const forget = (): void => {
    client.users.cache.delete(id);
    client.guilds.cache.get(guildId)?.members.cache.delete(id);
  };
  return { interaction, sink, notes: markSynthetic(interaction), forget };
}

function optionsOf({ subcommand, options = {} }: TypedCommand): APIApplicationCommandInteractionDataOption[] {
  const values = Object.entries(options).map(([option, value]) => ({
    name: option,
    type: typeOf(value),
    value,
  }));
  const all = subcommand === undefined ? values : [{ name: subcommand, type: 1, options: values }];
  return all as APIApplicationCommandInteractionDataOption[];
}

function typeOf(value: string | number | boolean): ApplicationCommandOptionType {
  if (typeof value === 'boolean') return ApplicationCommandOptionType.Boolean;
  if (typeof value === 'string') return ApplicationCommandOptionType.String;
  return Number.isInteger(value) ? ApplicationCommandOptionType.Integer : ApplicationCommandOptionType.Number;
}
