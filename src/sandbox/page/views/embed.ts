/** Draws an embed. Titles and names show their words without markdown's marks: the element takes plain text for them. */
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import { plainText } from '../markdown/plainText.js';
import { drawMarkdown } from './markdown.js';
import { ownPicture } from './ownPicture.js';
import { messageTime } from './messageTime.js';
import type { Draw } from './Draw.js';

/** Inline fields stand in rows of three: the column of each, undefined for a field that has the whole row. */
function columnsOf(fields: readonly APIEmbedField[]): (number | undefined)[] {
  let column = 0;
  return fields.map(({ inline }) => {
    column = inline === true ? (column % 3) + 1 : 0;
    return inline === true ? column : undefined;
  });
}

function fieldsOf(fields: readonly APIEmbedField[], draw: Draw): TemplateResult {
  const columns = columnsOf(fields);
  return html`<discord-embed-fields slot="fields">
    ${fields.map(
      ({ name, value }, at) =>
        html`<discord-embed-field
          field-title=${plainText(name, draw.names, draw.nowMs)}
          ?inline=${columns[at] !== undefined}
          inline-index=${ifDefined(columns[at])}
          >${drawMarkdown(value, draw)}</discord-embed-field
        >`,
    )}
  </discord-embed-fields>`;
}

function footerOf(embed: APIEmbed, draw: Draw): TemplateResult | typeof nothing {
  const { footer, timestamp } = embed;
  if (!footer && timestamp === undefined) return nothing;
  const when = timestamp === undefined ? '' : messageTime(Date.parse(timestamp), draw.nowMs, draw.locale);
  const words = [footer?.text ?? '', when].filter((part) => part !== '').join(' • ');
  return html`<discord-embed-footer slot="footer">${words}</discord-embed-footer>`;
}

export function drawEmbed(embed: APIEmbed, draw: Draw): TemplateResult {
  const { title, author, description, color, fields, image, thumbnail } = embed;
  const plain = (text: string | undefined) =>
    text === undefined ? undefined : plainText(text, draw.names, draw.nowMs);
  return html`<discord-embed
    slot="embeds"
    color=${color === undefined ? '#4f545c' : `#${color.toString(16).padStart(6, '0')}`}
    embed-title=${ifDefined(plain(title))}
    author-name=${ifDefined(author?.name)}
    image=${ifDefined(ownPicture(image?.url))}
    thumbnail=${ifDefined(ownPicture(thumbnail?.url))}
  >
    ${
      description === undefined
        ? nothing
        : html`<discord-embed-description slot="description"
            >${drawMarkdown(description, draw)}</discord-embed-description
          >`
    }
    ${fields === undefined || fields.length === 0 ? nothing : fieldsOf(fields, draw)} ${footerOf(embed, draw)}
  </discord-embed>`;
}
