/** A command's definition -> what Discord is told of it. */
import {
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from 'discord.js';
import type { CommandDefinition } from './definition.js';

/**
 * @param builder the framework's own where it registers: of a builder from another copy of the package it would drop half.
 */
export function buildCommand(
  name: string,
  definition: CommandDefinition,
  builder = new SlashCommandBuilder(),
): SlashCommandBuilder {
  builder.setName(name).setDescription(definition.description);
  for (const subcommand of definition.subcommands)
    builder.addSubcommand((to) => {
      to.setName(subcommand.name).setDescription(subcommand.description);
      for (const option of subcommand.options) option.add(to);
      return to;
    });
  // Contexts and integration types exist for global commands only. The permission is a default that a guild's admins may
  // change, so that a precondition holds it as well.
  if (definition.audience === 'managers')
    builder
      .setContexts(InteractionContextType.Guild)
      .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
      .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild);
  return builder;
}
