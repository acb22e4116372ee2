/** The options that the subcommands of /deploy share. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { defaultEnvironment } from '../../lib/deployments/life/checkAnnouncement.js';
import { readText, text } from '../options.js';

type Options = ChatInputCommandInteraction['options'];

export const environment = text('environment', `Where to; ${defaultEnvironment} where it is left out`, {
  maxLength: 32,
  complete: (typed, { deployments }) =>
    [...new Set([defaultEnvironment, ...deployments.list().map((one) => one.environment)])]
      .filter((name) => name.includes(typed.trim().toLowerCase()))
      .map((name) => ({ name, value: name })),
});

export const readEnvironment = (options: Options): string =>
  readText(options, 'environment')?.toLowerCase() ?? defaultEnvironment;

/** Those that were heard of; any other may be typed. */
export const version = (required: boolean) =>
  text('version', 'The version: 1.4.0, or a commit', {
    required,
    maxLength: 64,
    complete: (typed, { deployments }) =>
      [...new Set(deployments.list().map((one) => one.version))]
        .filter((name) => name.includes(typed.trim()))
        .map((name) => ({ name, value: name })),
  });

export const deployment = text('deployment', 'Pick it, or type its id or version; without it the newest', {
  complete: (typed, { deployments }) => deployments.suggest(typed),
});

/** Files of the configured folder, newest first: never a path or SQL that somebody types. */
export const migration = text(
  'migration',
  'A file of the migrations folder, tried on a copy (admins, GATE_IN_BOT=true)',
  {
    maxLength: 100,
    complete: async (typed, { migrationsInBot }) =>
      [...((await migrationsInBot?.list()) ?? [])]
        .reverse()
        .filter((name) => name.toLowerCase().includes(typed.trim().toLowerCase()))
        .map((name) => ({ name, value: name })),
  },
);
