/** Whether Discord knows every command as the bot's code defines it. Reads only. */
import { Routes, type Client } from 'discord.js';
import type { StoreRegistry } from '@sapphire/framework';
import type { SmokeFinding } from '../../smoke/SmokeTest.js';
import { commandDifferences } from './commandDifferences.js';
import { definedCommands, readCommands, type CommandShape, type DefinedCommand } from './definedCommands.js';

const again =
  'Restart the bot, which registers its commands; if that does not help, look into its log for why not.';

/** One finding a command and place. Throws what the request threw. */
export async function checkRegistration(
  client: Client<true>,
  stores: StoreRegistry,
  signal: AbortSignal,
): Promise<readonly SmokeFinding[]> {
  const { commands, untold } = definedCommands(stores);
  const places = new Set(commands.flatMap(placesOf));
  const there = new Map(
    await Promise.all(
      [...places].map(async (place) => [place, await registeredIn(client, place, signal)] as const),
    ),
  );
  const found = commands.flatMap((command) =>
    placesOf(command).map((place) => findingOf(command, place, there.get(place) ?? [])),
  );
  return [...found, ...untold.map(untoldFinding)];
}

function placesOf({ guildIds }: DefinedCommand): readonly (string | null)[] {
  return guildIds ?? [null];
}

async function registeredIn(
  client: Client<true>,
  guildId: string | null,
  signal: AbortSignal,
): Promise<readonly CommandShape[]> {
  const { id } = client.application;
  const route =
    guildId === null ? Routes.applicationCommands(id) : Routes.applicationGuildCommands(id, guildId);
  return readCommands(await client.rest.get(route, { signal }));
}

function findingOf(
  { shape, piece }: DefinedCommand,
  guildId: string | null,
  registered: readonly CommandShape[],
): SmokeFinding {
  const place = guildId === null ? '' : ` in guild ${guildId}`;
  const what = `${shape.type === 1 ? '/' : ''}${shape.name}${place} is registered as defined`;
  const there = registered.find(({ name, type }) => name === shape.name && type === shape.type);
  if (there === undefined)
    return {
      what,
      ok: false,
      detail: `Discord does not know it (defined by the command "${piece}"). ${again}`,
    };
  const differences = commandDifferences(shape, there);
  if (differences.length === 0) return { what, ok: true, detail: '' };
  const some = differences.slice(0, 3).join('; ');
  const more = differences.length > 3 ? `; and ${differences.length - 3} more` : '';
  return { what, ok: false, detail: `${some}${more}. ${again}` };
}

/** It is not known, so it is no success; which version of the framework is used is for the host to say. */
function untoldFinding(piece: string): SmokeFinding {
  const detail =
    'This version of @sapphire/framework does not tell what was registered. Use 5.5, or look at the command in Discord.';
  return { what: `the command "${piece}" is registered as defined`, ok: false, detail };
}
