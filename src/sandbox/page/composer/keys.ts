/** What the keys do while something is being typed. */
import type { TypedCommand } from '../slash/commands.js';
import type { Suggestion, Suggestions } from './suggestions.js';
import { textField, type Typing } from './Typing.js';

/** What the keys act on. */
export interface KeyTarget {
  readonly state: Typing;
  suggestions(): Suggestions;
  /** The suggestion that Tab and Enter take. */
  activeSuggestion(): Suggestion | undefined;
  focusedField(): { readonly name: string; readonly text: string };
  /** The text is a command that has no options. */
  readyCommand(): TypedCommand | undefined;
  change(change: Partial<Typing>): void;
  choose(item: Suggestion): void;
  /** Leaves the command; `text` stands in the input instead. */
  leave(text: string): void;
  /** Closes an optional field; the cursor goes to the field before it, or out of the command. */
  back(): void;
  /** Shows the last command sent, for another try. */
  recall(): void;
  send(): Promise<void>;
}

/** A choice that is already typed out needs no choosing: Enter then sends. */
function isTypedOut(input: KeyTarget): boolean {
  const item = input.activeSuggestion();
  const typed = input.focusedField().text.trim();
  if (item?.kind === 'command') return input.readyCommand() !== undefined;
  if (item?.kind !== 'choice') return false;
  return item.choice.name === typed || String(item.choice.value) === typed;
}

function move(input: KeyTarget, by: 1 | -1): boolean {
  const { length } = input.suggestions().items;
  if (length === 0) return false;
  const { active } = input.state;
  input.change({ active: active < 0 && by < 0 ? length - 1 : (active + by + length) % length });
  return true;
}

function enter(input: KeyTarget): boolean {
  const item = input.activeSuggestion();
  if (item && !isTypedOut(input)) input.choose(item);
  else void input.send();
  return true;
}

/** Tab takes the active suggestion; else it goes to the next field as everywhere. */
function tab(input: KeyTarget): boolean {
  const item = input.activeSuggestion();
  if (!item || isTypedOut(input)) return false;
  input.choose(item);
  return true;
}

/** Closes the list, then the command. */
function escape(input: KeyTarget): boolean {
  if (input.suggestions().title !== '') input.change({ isOpen: false, active: -1 });
  else if (input.state.draft) input.leave('');
  else return false;
  return true;
}

function backspace(input: KeyTarget, event: KeyboardEvent): boolean {
  const { name, text } = input.focusedField();
  const target = event.currentTarget;
  const isAtStart = target instanceof HTMLInputElement && target.selectionEnd === 0;
  if (name === textField || text !== '' || !isAtStart) return false;
  input.back();
  return true;
}

function up(input: KeyTarget): boolean {
  if (move(input, -1)) return true;
  const { name, text } = input.focusedField();
  if (name !== textField || text !== '') return false;
  input.recall();
  return true;
}

function act(input: KeyTarget, event: KeyboardEvent): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'ArrowDown':
      return move(input, 1);
    case 'ArrowUp':
      return up(input);
    case 'Enter':
      return enter(input);
    case 'Tab':
      return !event.shiftKey && tab(input);
    case 'Escape':
      return escape(input);
    case 'Backspace':
      return backspace(input, event);
    default:
      return false;
  }
}

export function keyActions(input: KeyTarget, event: KeyboardEvent): void {
  if (act(input, event)) event.preventDefault();
}
