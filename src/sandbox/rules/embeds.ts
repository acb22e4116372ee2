/** What Discord accepts as embeds: limits on each part, and 6000 characters in all of a message's embeds together. */
import type { APIEmbed } from 'discord-api-types/v10';
import { z } from 'zod';
import { problem, text, url } from './fields.js';

const picture = z.strictObject({
  url,
  proxy_url: z.string().nullish(),
  height: z.number().nullish(),
  width: z.number().nullish(),
  content_type: z.string().nullish(),
  flags: z.number().nullish(),
  placeholder: z.string().nullish(),
  placeholder_version: z.number().nullish(),
  description: z.string().nullish(),
});

export const embed = z.strictObject({
  type: z.string().nullish(),
  title: text(0, 256).nullish(),
  description: text(0, 4096).nullish(),
  url: url.nullish(),
  timestamp: z.iso.datetime({ offset: true }).nullish(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  footer: z
    .strictObject({ text: text(1, 2048), icon_url: url.nullish(), proxy_icon_url: z.string().nullish() })
    .nullish(),
  author: z
    .strictObject({
      name: text(1, 256),
      url: url.nullish(),
      icon_url: url.nullish(),
      proxy_icon_url: z.string().nullish(),
    })
    .nullish(),
  image: picture.nullish(),
  thumbnail: picture.nullish(),
  video: picture.nullish(),
  provider: z.strictObject({ name: z.string().nullish(), url: z.string().nullish() }).nullish(),
  fields: z
    .array(z.strictObject({ name: text(1, 256), value: text(1, 1024), inline: z.boolean().nullish() }))
    .max(25)
    .nullish(),
});

type Embed = z.output<typeof embed>;

function lengthOf({ title, description, footer, author, fields }: Embed): number {
  const parts = [title, description, footer?.text, author?.name];
  for (const field of fields ?? []) parts.push(field.name, field.value);
  return parts.reduce((sum, part) => sum + [...(part ?? '')].length, 0);
}

function isEmpty({
  title,
  description,
  footer,
  author,
  fields,
  image,
  thumbnail,
  video,
  provider,
}: Embed): boolean {
  const parts = [title, description, footer, author, image, thumbnail, video, provider, fields?.length];
  return parts.every((part) => !part);
}

export const embeds = z
  .array(embed)
  .max(10)
  .superRefine((all, context) => {
    const total = all.reduce((sum, one) => sum + lengthOf(one), 0);
    if (total > 6000) {
      problem(context, [], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
    }
    for (const [index, one] of all.entries()) {
      if (isEmpty(one)) problem(context, [index], 'BASE_TYPE_REQUIRED', 'An embed without anything in it');
    }
  });

/** Embeds as Discord gives them back: nothing null, `type` and `inline` filled in. */
export function storedEmbeds(all: readonly Embed[] | null | undefined): APIEmbed[] {
  return (all ?? []).map((one) => {
    const kept = Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null));
    const fields = one.fields?.map((field) => ({ ...field, inline: field.inline ?? false }));
    return { ...kept, type: 'rich', ...(fields ? { fields } : {}) } as APIEmbed;
  });
}
