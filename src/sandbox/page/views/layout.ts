/** Draws Components V2: messages that consist of text, sections, containers and pictures instead of embeds. */
import { html, nothing, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import {
  ComponentType,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
} from 'discord-api-types/v10';
import { drawButton, drawRow } from './components.js';
import type { Draw } from './Draw.js';
import { drawMarkdown } from './markdown.js';
import { ownPicture } from './ownPicture.js';

type Part = APIMessageTopLevelComponent | APIComponentInContainer;

function picture(url: string, words: string | null | undefined): TemplateResult {
  const own = ownPicture(url);
  return own === undefined
    ? html`<span class="link" title=${url}>${words ?? 'picture'}</span>`
    : html`<img class="media" src=${own} alt=${words ?? ''} />`;
}

/** One component and what is inside it. */
export function drawPart(part: Part, messageId: string, draw: Draw): TemplateResult | typeof nothing {
  switch (part.type) {
    case ComponentType.ActionRow:
      return drawRow(part, messageId, draw);
    case ComponentType.TextDisplay:
      return html`<div class="text-display">${drawMarkdown(part.content, draw)}</div>`;
    case ComponentType.Separator:
      return part.divider === false ? html`<div class="gap"></div>` : html`<hr class="separator" />`;
    case ComponentType.Section:
      return html`<div class="section">
        <div>${part.components.map((text) => drawPart(text, messageId, draw))}</div>
        ${
          part.accessory.type === ComponentType.Button
            ? drawButton(part.accessory, messageId, draw)
            : picture(part.accessory.media.url, part.accessory.description)
        }
      </div>`;
    case ComponentType.Container:
      return html`<div
        class="container"
        style=${styleMap({
          'border-left-color': part.accent_color
            ? `#${part.accent_color.toString(16).padStart(6, '0')}`
            : undefined,
        })}
      >
        ${part.components.map((inner) => drawPart(inner, messageId, draw))}
      </div>`;
    case ComponentType.MediaGallery:
      return html`<div class="attachments">
        ${part.items.map(({ media, description }) => picture(media.url, description))}
      </div>`;
    case ComponentType.File:
      return html`<a class="file" href=${part.file.url} download>${part.file.url.split('/').at(-1)}</a>`;
    default:
      return nothing;
  }
}
