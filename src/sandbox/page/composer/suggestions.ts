/** What the list above the input offers at the place where the person is typing. Pure. */
import type { APIApplicationCommandBasicOption } from 'discord-api-types/v10';
import type { Choice } from '../slash/choices.js';
import { matchCommands, type TypedCommand } from '../slash/commands.js';
import { closedOptions, type Draft, type DraftField } from '../slash/draft.js';
import { moreField, type Typing } from './Typing.js';

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
function suggestCommands(text: string, commands: readonly TypedCommand[]): Suggestions {
  if (!text.startsWith('/')) return none;
  const items = matchCommands(commands, text.slice(1)).map(
    (command) => ({ kind: 'command', command }) as const,
  );
  return { title: items.length === 0 ? 'No such command here' : 'Commands', items };
}

/** Options that are not open yet, by the start of their name. */
function suggestOptions(typed: string, draft: Draft): Suggestions {
  const wanted = typed.trim().toLowerCase();
  const items = closedOptions(draft)
    .filter(({ name }) => name.startsWith(wanted))
    .map((option) => ({ kind: 'option', option }) as const);
  return items.length === 0 ? none : { title: 'Options', items };
}

function suggestChoices(option: APIApplicationCommandBasicOption, choices: readonly Choice[]): Suggestions {
  return {
    title: `${option.name}: ${option.description}`,
    items: choices.map((choice) => ({ kind: 'choice', choice }) as const),
  };
}

/**
 * @param at the focused field
 * @param choices what may stand in an option, as far as it is known by now
 */
export function suggestAt(
  at: string,
  { draft, text, more, isOpen }: Typing,
  commands: readonly TypedCommand[],
  choices: (field: DraftField) => readonly Choice[],
): Suggestions {
  if (!isOpen) return none;
  if (!draft) return suggestCommands(text, commands);
  if (at === moreField) return suggestOptions(more, draft);
  const field = draft.fields.find(({ option }) => option.name === at);
  return field ? suggestChoices(field.option, choices(field)) : none;
}
