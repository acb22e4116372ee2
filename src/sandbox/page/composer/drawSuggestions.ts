/** The list above the input: commands, options or choices, one of them active. */
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Suggestion, Suggestions } from './suggestions.js';

export const listId = 'suggestions';

export function suggestionId(at: number): string {
  return `suggestion-${at}`;
}

function words(item: Suggestion): { name: string; detail: string; hints: readonly string[] } {
  switch (item.kind) {
    case 'command': {
      const needed = item.command.options.filter(({ required }) => required === true).map(({ name }) => name);
      return { name: `/${item.command.path}`, detail: item.command.description, hints: needed };
    }
    case 'option':
      return { name: item.option.name, detail: item.option.description, hints: [] };
    case 'choice':
      return { name: item.choice.name, detail: '', hints: [] };
  }
}

function intoView(element: Element | undefined): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** @param active the chosen row, -1 for none */
export function drawSuggestions(
  suggestions: Suggestions,
  active: number,
  choose: (item: Suggestion) => void,
): TemplateResult | typeof nothing {
  if (suggestions.title === '') return nothing;
  return html`<div class="suggestions">
    <div class="suggestions-title">${suggestions.title}</div>
    <div role="listbox" id=${listId} aria-label=${suggestions.title}>
      ${suggestions.items.map((item, at) => {
        const { name, detail, hints } = words(item);
        return html`<div
          id=${suggestionId(at)}
          class="suggestion ${at === active ? 'active' : ''}"
          role="option"
          aria-selected=${at === active ? 'true' : 'false'}
          @mousedown=${(event: Event) => event.preventDefault()}
          @click=${() => choose(item)}
          ${at === active ? ref(intoView) : nothing}
        >
          <span class="suggestion-name">${name}</span>
          ${hints.map((hint) => html`<span class="suggestion-hint">${hint}</span>`)}
          ${detail === '' ? nothing : html`<span class="suggestion-detail">${detail}</span>`}
        </div>`;
      })}
    </div>
  </div>`;
}
