/** Draws Components V2: messages that consist of text, sections, containers and pictures instead of embeds. */
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import {
  ComponentType,
  SeparatorSpacingSize,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIFileComponent,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
} from 'discord-api-types/v10';
import { drawButton, drawRow } from './components.js';
import type { Draw } from './Draw.js';
import { drawMarkdown } from './markdown.js';
import { drawGallery, drawThumbnail } from './media.js';

type Part = APIMessageTopLevelComponent | APIComponentInContainer;

function section(
  { components, accessory }: APISectionComponent,
  messageId: string,
  draw: Draw,
): TemplateResult {
  return html`<div class="section">
    <div class="section-text">${components.map((text) => drawPart(text, messageId, draw))}</div>
    ${
      accessory.type === ComponentType.Button
        ? drawButton(accessory, messageId, draw)
        : drawThumbnail(accessory)
    }
  </div>`;
}

function uncover(event: Event): void {
  (event.currentTarget as HTMLElement).classList.remove('hidden');
}

function container(
  { components, accent_color: color, spoiler }: APIContainerComponent,
  messageId: string,
  draw: Draw,
): TemplateResult {
  const line = typeof color === 'number' ? `#${color.toString(16).padStart(6, '0')}` : undefined;
  return html`<div
    class="container ${line === undefined ? '' : 'accented'} ${spoiler === true ? 'hidden' : ''}"
    style=${styleMap({ '--accent-line': line })}
    @click=${spoiler === true ? uncover : nothing}
  >
    ${components.map((inner) => drawPart(inner, messageId, draw))}
  </div>`;
}

function file({ file: { url } }: APIFileComponent): TemplateResult {
  const name = decodeURIComponent(url.split('/').at(-1) ?? 'file');
  return html`<a class="file" href=${url} download=${name}><span class="file-name">${name}</span></a>`;
}

/** One component and what is inside it. */
export function drawPart(part: Part, messageId: string, draw: Draw): TemplateResult | typeof nothing {
  switch (part.type) {
    case ComponentType.ActionRow:
      return drawRow(part, messageId, draw);
    case ComponentType.TextDisplay:
      return html`<div class="text-display">${drawMarkdown(part.content, draw)}</div>`;
    case ComponentType.Separator: {
      const size = part.spacing === SeparatorSpacingSize.Large ? 'large' : '';
      return part.divider === false
        ? html`<div class="gap ${size}"></div>`
        : html`<hr class="separator ${size}" />`;
    }
    case ComponentType.Section:
      return section(part, messageId, draw);
    case ComponentType.Container:
      return container(part, messageId, draw);
    case ComponentType.MediaGallery:
      return drawGallery(part.items);
    case ComponentType.File:
      return file(part);
    default:
      return nothing;
  }
}
