/** What the list above the input offers at the place where the person is typing. Pure. */
import type { APIApplicationCommandBasicOption } from 'discord-api-types/v10';
import type { Choice } from '../slash/choices.js';
import { matchCommands, type TypedCommand } from '../slash/commands.js';
import { closedOptions, type Draft } from '../slash/draft.js';

export type Suggestion =
  | { readonly kind: 'command'; readonly command: TypedCommand }
  | { readonly kind: 'option'; readonly option: APIApplicationCommandBasicOption }
  | { readonly kind: 'choice'; readonly choice: Choice };

export interface Suggestions {
  readonly title: string;
  readonly items: readonly Suggestion[];
}

const none: Suggestions = { title: '', items: [] };

/** Commands, once the text begins with a slash. */
export function suggestCommands(text: string, commands: readonly TypedCommand[]): Suggestions {
  if (!text.startsWith('/')) return none;
  const items = matchCommands(commands, text.slice(1)).map(
    (command) => ({ kind: 'command', command }) as const,
  );
  return { title: items.length === 0 ? 'No such command here' : 'Commands', items };
}

/** Options that are not open yet, by the start of their name. */
export function suggestOptions(typed: string, draft: Draft): Suggestions {
  const wanted = typed.trim().toLowerCase();
  const items = closedOptions(draft)
    .filter(({ name }) => name.startsWith(wanted))
    .map((option) => ({ kind: 'option', option }) as const);
  return items.length === 0 ? none : { title: 'Options', items };
}

export function suggestChoices(
  option: APIApplicationCommandBasicOption,
  choices: readonly Choice[],
): Suggestions {
  return {
    title: `${option.name}: ${option.description}`,
    items: choices.map((choice) => ({ kind: 'choice', choice }) as const),
  };
}
