/** Draws what can be pressed under a message: rows of buttons and selects. */
import { html, type TemplateResult } from 'lit';
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
} from 'discord-api-types/v10';
import type { Draw } from './Draw.js';
import { choicesOfSelect } from './selectChoices.js';

const styles: Partial<Record<ButtonStyle, string>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
};

export function drawButton(button: APIButtonComponent, messageId: string, draw: Draw): TemplateResult {
  const label = 'label' in button ? (button.label ?? '') : '';
  const emoji = 'emoji' in button && button.emoji?.id === undefined ? (button.emoji?.name ?? '') : '';
  const words = [emoji, label].filter((part) => part !== '').join(' ');
  if (!('custom_id' in button)) {
    const url = 'url' in button ? button.url : '';
    return html`<span class="button secondary" title=${url}
      >${words} <span aria-hidden="true">↗</span></span
    >`;
  }
  const waits = draw.state.pressed.has(`${messageId} ${button.custom_id}`);
  return html`<button
    type="button"
    class="button ${styles[button.style] ?? 'secondary'} ${waits ? 'waits' : ''}"
    ?disabled=${button.disabled === true}
    aria-busy=${waits ? 'true' : 'false'}
    @click=${() => void draw.session.click(messageId, button.custom_id)}
  >
    ${words}
  </button>`;
}

function drawInRow(component: APIComponentInMessageActionRow, messageId: string, draw: Draw): TemplateResult {
  if (component.type === ComponentType.Button) return drawButton(component, messageId, draw);
  const { custom_id: customId, placeholder, disabled, min_values, max_values } = component;
  return html`<select-menu
    .choices=${choicesOfSelect(component, draw)}
    .placeholder=${placeholder ?? 'Make a selection'}
    .least=${min_values ?? 1}
    .most=${max_values ?? 1}
    .disabled=${disabled === true || draw.state.pressed.has(`${messageId} ${customId}`)}
    @chosen=${(event: CustomEvent<readonly string[]>) => void draw.session.select(messageId, customId, event.detail)}
  ></select-menu>`;
}

export function drawRow(
  row: APIActionRowComponent<APIComponentInMessageActionRow>,
  messageId: string,
  draw: Draw,
): TemplateResult {
  return html`<div class="row">
    ${row.components.map((component) => drawInRow(component, messageId, draw))}
  </div>`;
}
