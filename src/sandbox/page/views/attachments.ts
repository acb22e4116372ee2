/** Draws the files of a message: pictures as pictures, others as a link to download from the sandbox. */
import { html, type TemplateResult } from 'lit';
import type { APIAttachment } from 'discord-api-types/v10';
import { ownPicture } from './ownPicture.js';

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function one(attachment: APIAttachment): TemplateResult {
  const { url, filename, content_type, description } = attachment;
  const picture = content_type?.startsWith('image/') === true ? ownPicture(url) : undefined;
  return picture === undefined
    ? html`<a class="file" href=${url} download=${filename}>
        <span class="file-name">${filename}</span><span class="file-size">${size(attachment.size)}</span>
      </a>`
    : html`<a class="picture" href=${url} target="_blank"
        ><img src=${picture} alt=${description ?? filename}
      /></a>`;
}

export function drawAttachments(attachments: readonly APIAttachment[]): TemplateResult {
  return html`<div slot="attachments" class="attachments">${attachments.map(one)}</div>`;
}
