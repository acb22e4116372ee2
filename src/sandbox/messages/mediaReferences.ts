/** `attachment://chart.png` in embeds and components -> where that file of the message is, as Discord gives it back. */
import type { APIAttachment, APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { invalidForm } from '../rest/ApiError.js';

const scheme = 'attachment://';

interface Media {
  readonly url: string;
}

/** Throws 50035 where a component names a file that the message does not have. */
export function withMedia(
  components: readonly APIMessageTopLevelComponent[],
  attachments: readonly APIAttachment[],
): APIMessageTopLevelComponent[] {
  const unfurl = ({ url }: Media, path: readonly (string | number)[]): object => {
    const attachment = named(url, attachments);
    if (attachment) return unfurled(attachment);
    if (!url.startsWith(scheme)) return { id: '0', url, proxy_url: url };
    throw invalidForm([
      {
        path: [...path, 'url'],
        code: 'COMPONENT_INVALID_ATTACHMENT_REFERENCE',
        message: `The message has no file "${url.slice(scheme.length)}".`,
      },
    ]);
  };
  const walk = (value: unknown, path: readonly (string | number)[]): unknown => {
    if (Array.isArray(value)) return value.map((one, index) => walk(one, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        isMedia(key, inner) ? unfurl(inner, [...path, key]) : walk(inner, [...path, key]),
      ]),
    );
  };
  return walk(components, ['components']) as APIMessageTopLevelComponent[];
}

/** In an embed a name that fits no file is left as it is, and shows no picture. */
export function withPictures(embeds: readonly APIEmbed[], attachments: readonly APIAttachment[]): APIEmbed[] {
  const resolve = <Picture extends Media>(picture: Picture): Picture => {
    const attachment = named(picture.url, attachments);
    return attachment ? { ...picture, url: attachment.url, proxy_url: attachment.proxy_url } : picture;
  };
  return embeds.map((embed) => ({
    ...embed,
    ...(embed.image ? { image: resolve(embed.image) } : {}),
    ...(embed.thumbnail ? { thumbnail: resolve(embed.thumbnail) } : {}),
  }));
}

/** The newest of that name: an edit may replace a file by another one called the same. */
function named(url: string, attachments: readonly APIAttachment[]): APIAttachment | undefined {
  return attachments.findLast(({ filename }) => url === `${scheme}${filename}`);
}

function isMedia(key: string, value: unknown): value is Media {
  if (key !== 'media' && key !== 'file') return false;
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string';
}

const unfurled = ({ id, url, proxy_url, content_type, width, height }: APIAttachment): object => ({
  ...{ id, attachment_id: id, url, proxy_url, content_type },
  ...(width === undefined ? {} : { width, height }),
});
