import { PermissionFlagsBits as Right } from 'discord-api-types/v10';

/** What a guild's owner grants the bot with its invite link. */
export const botRights =
  Right.ViewChannel |
  Right.SendMessages |
  Right.SendMessagesInThreads |
  Right.CreatePublicThreads |
  Right.ReadMessageHistory |
  Right.EmbedLinks |
  Right.AttachFiles |
  Right.MentionEveryone |
  Right.UseApplicationCommands;
