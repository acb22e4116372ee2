/** Draws pictures of components: big ones in a gallery, a small one beside a section's text. */
import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { APIMediaGalleryItem, APIThumbnailComponent, APIUnfurledMediaItem } from 'discord-api-types/v10';
import { ownPicture } from './ownPicture.js';

function reveal(event: Event): void {
  (event.currentTarget as HTMLElement).classList.remove('hidden');
}

/** Its words stand in for a picture from elsewhere, and for one that is hidden until it is clicked. */
function picture(
  media: APIUnfurledMediaItem,
  description: string | null | undefined,
  isSpoiler: boolean,
): TemplateResult {
  const own = ownPicture(media.url);
  const words = description ?? '';
  if (own === undefined) return html`<span class="link" title=${media.url}>${words || 'picture'}</span>`;
  const image = html`<img
    src=${own}
    alt=${words}
    title=${words}
    width=${ifDefined(media.width ?? undefined)}
    height=${ifDefined(media.height ?? undefined)}
  />`;
  return isSpoiler
    ? html`<button type="button" class="media hidden" aria-label="Show the picture" @click=${reveal}>
        ${image}
      </button>`
    : html`<a class="media" href=${own} target="_blank">${image}</a>`;
}

/** One picture has the whole width; several stand in rows of two, or of three from five on, as in Discord. */
export function drawGallery(items: readonly APIMediaGalleryItem[]): TemplateResult {
  const columns = items.length === 1 ? 1 : items.length < 5 ? 2 : 3;
  return html`<div class="gallery" style="--columns: ${columns}">
    ${items.map(({ media, description, spoiler }) => picture(media, description, spoiler === true))}
  </div>`;
}

export function drawThumbnail({ media, description, spoiler }: APIThumbnailComponent): TemplateResult {
  return html`<div class="thumbnail">${picture(media, description, spoiler === true)}</div>`;
}
