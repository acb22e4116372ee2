/** The input itself: one text field, or a command with a field for each open option. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { PageChannel } from '../../pageApi.js';
import { isDirect } from '../session/PageState.js';
import { closedOptions, type DraftField } from '../slash/draft.js';
import { listId, suggestionId } from './drawSuggestions.js';
import { moreField, textField, type Typing } from './Typing.js';

export interface InputEvents {
  typed(field: string, text: string): void;
  pressed(field: string, event: KeyboardEvent): void;
  focused(field: string): void;
  left(): void;
}

function field(
  name: string,
  label: string,
  value: string,
  placeholder: string,
  state: Typing,
  events: InputEvents,
) {
  return html`<input
    type="text"
    data-field=${name}
    role="combobox"
    aria-label=${label}
    aria-autocomplete="list"
    aria-expanded=${state.isOpen ? 'true' : 'false'}
    aria-controls=${listId}
    aria-activedescendant=${state.active < 0 ? '' : suggestionId(state.active)}
    aria-invalid=${state.wrong === name ? 'true' : 'false'}
    autocomplete="off"
    spellcheck="false"
    placeholder=${placeholder}
    style=${name === textField || name === moreField ? '' : `width:${Math.min(Math.max(value.length + 1, 4), 48)}ch`}
    .value=${live(value)}
    @input=${(event: InputEvent) => events.typed(name, (event.currentTarget as HTMLInputElement).value)}
    @keydown=${(event: KeyboardEvent) => events.pressed(name, event)}
    @focus=${() => events.focused(name)}
    @blur=${() => events.left()}
  />`;
}

function option(
  { option: { name, required }, text }: DraftField,
  state: Typing,
  events: InputEvents,
): TemplateResult {
  return html`<label class="pill ${state.wrong === name ? 'wrong' : ''}">
    <span>${name}${required === true ? nothing : html`<small>?</small>`}</span>
    ${field(name, name, text, '', state, events)}
  </label>`;
}

export function drawInput(
  channel: PageChannel | undefined,
  state: Typing,
  events: InputEvents,
): TemplateResult {
  const { draft } = state;
  if (draft) {
    const closed = closedOptions(draft).length;
    return html`<div class="input command">
      <span class="command-name">/${draft.command.path}</span>
      ${draft.fields.map((open) => option(open, state, events))}
      ${field(moreField, 'More options', state.more, closed === 0 ? '' : `+${closed} optional`, state, events)}
    </div>`;
  }
  const name = channel === undefined ? '' : isDirect(channel) ? channel.name : `#${channel.name}`;
  const placeholder =
    channel?.canSend === false
      ? `Type / for a command (you may not write in ${name})`
      : `Message ${name}, or / for a command`;
  return html`<div class="input">
    ${field(textField, 'Message or command', state.text, placeholder, state, events)}
  </div>`;
}
