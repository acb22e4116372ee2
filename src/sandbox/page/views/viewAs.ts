/** Through whose eyes the page looks. Another choice shows what that person sees, and acts as them. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { hashOf } from '../session/place.js';
import { avatarOf } from './avatar.js';
import type { Draw } from './Draw.js';

export function drawViewAs(draw: Draw): TemplateResult {
  const { me, people } = draw.snapshot;
  const choose = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement;
    location.hash = hashOf(value, draw.state.channelId);
  };
  return html`<div class="me">
    <img src=${avatarOf(me)} alt="" />
    <label>
      <span>View as</span>
      <select aria-label="View as" @change=${choose}>
        ${repeat(
          people,
          ({ id }) => id,
          ({ id, name }) => html`<option value=${name} ?selected=${id === me.id}>${name}</option>`,
        )}
      </select>
    </label>
  </div>`;
}
