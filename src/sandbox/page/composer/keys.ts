/** What the keys do while something is being typed. */
import type { CommandInput } from './CommandInput.js';
import { moreField, textField } from './drawInput.js';

/** A choice that is already typed out needs no choosing: Enter then sends. */
function isTypedOut(input: CommandInput): boolean {
  const item = input.activeSuggestion();
  const typed = input.focusedField().text.trim();
  if (item?.kind === 'command') return input.readyCommand() !== undefined;
  if (item?.kind !== 'choice') return false;
  return item.choice.name === typed || String(item.choice.value) === typed;
}

function move(input: CommandInput, by: 1 | -1): boolean {
  const { length } = input.suggestions().items;
  if (length === 0) return false;
  const { active } = input.state;
  input.change({ active: active < 0 && by < 0 ? length - 1 : (active + by + length) % length });
  return true;
}

function enter(input: CommandInput): boolean {
  const item = input.activeSuggestion();
  if (item && !isTypedOut(input)) input.choose(item);
  else void input.send();
  return true;
}

/** Tab takes the active suggestion, or the only sensible one; else it goes to the next field as everywhere. */
function tab(input: CommandInput): boolean {
  const item =
    input.activeSuggestion() ??
    (input.focusedField().name === moreField ? undefined : input.suggestions().items[0]);
  if (!item || isTypedOut(input)) return false;
  input.choose(item);
  return true;
}

function escape(input: CommandInput): boolean {
  if (input.suggestions().title !== '') input.change({ isOpen: false, active: -1 });
  else input.leave('');
  return true;
}

function backspace(input: CommandInput, event: KeyboardEvent): boolean {
  const { name, text } = input.focusedField();
  const target = event.currentTarget;
  const isAtStart = target instanceof HTMLInputElement && target.selectionEnd === 0;
  if (name === textField || text !== '' || !isAtStart) return false;
  input.back();
  return true;
}

function up(input: CommandInput): boolean {
  if (move(input, -1)) return true;
  const { name, text } = input.focusedField();
  if (name !== textField || text !== '') return false;
  input.recall();
  return true;
}

function act(input: CommandInput, event: KeyboardEvent): boolean {
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

export function keyActions(input: CommandInput, event: KeyboardEvent): void {
  if (act(input, event)) event.preventDefault();
}
