/** Discord's nested command definitions, flattened to what a person can type: one entry a (sub)command. */
import {
  ApplicationCommandOptionType,
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
} from 'discord-api-types/v10';

export interface TypedCommand {
  /** Without the slash: `feature enable`. */
  readonly path: string;
  readonly description: string;
  /** Required ones first, as Discord demands it. */
  readonly options: readonly APIApplicationCommandBasicOption[];
}

function flatten(
  path: string,
  description: string,
  options: readonly APIApplicationCommandOption[],
): TypedCommand[] {
  const nested = options.flatMap((option) =>
    option.type === ApplicationCommandOptionType.Subcommand ||
    option.type === ApplicationCommandOptionType.SubcommandGroup
      ? flatten(`${path} ${option.name}`, option.description, option.options ?? [])
      : [],
  );
  if (nested.length > 0) return nested;
  const basic = options.filter(
    (option): option is APIApplicationCommandBasicOption =>
      option.type !== ApplicationCommandOptionType.Subcommand &&
      option.type !== ApplicationCommandOptionType.SubcommandGroup,
  );
  return [{ path, description, options: basic }];
}

/** Context-menu commands have no description and are not typed. */
export function typedCommands(commands: readonly APIApplicationCommand[]): TypedCommand[] {
  return commands
    .filter(({ description }) => description !== '')
    .flatMap(({ name, description, options }) => flatten(name, description, options ?? []));
}

/** 0 = does not match; higher is better: the start of the path, the start of a word, anywhere. */
function score(path: string, typed: string): number {
  if (path === typed) return 4;
  if (path.startsWith(typed)) return 3;
  if (path.includes(` ${typed}`)) return 2;
  return path.includes(typed) ? 1 : 0;
}

/** Commands for what was typed after the slash, best match first, else in the bot's order. */
export function matchCommands(commands: readonly TypedCommand[], typed: string): TypedCommand[] {
  const wanted = typed.trim().replace(/\s+/g, ' ').toLowerCase();
  return commands
    .map((command) => ({ command, score: wanted === '' ? 1 : score(command.path, wanted) }))
    .filter((match) => match.score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

/** The command that a text such as `feature enable name:x` begins with, and the text after it. */
export function splitCommand(
  commands: readonly TypedCommand[],
  typed: string,
): { command: TypedCommand; rest: string } | undefined {
  const found = commands
    .filter(({ path }) => typed.toLowerCase().startsWith(`${path} `))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return found && { command: found, rest: typed.slice(found.path.length + 1) };
}

/** The command that a text such as `/feature list` is, if it has no options: Enter sends it at once. */
export function commandReady(commands: readonly TypedCommand[], text: string): TypedCommand | undefined {
  if (!text.startsWith('/')) return undefined;
  const path = text.slice(1).trim().toLowerCase();
  return commands.find((command) => command.path === path && command.options.length === 0);
}
