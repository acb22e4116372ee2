/** Cards of components: one container with a coloured bar, and texts beneath each other that are cut to what Discord takes. */
import { createHash } from 'node:crypto';
import { ComponentType, SeparatorSpacingSize, type APIComponentInContainer } from 'discord.js';
import type { Text, Tone } from '../alerts/Card.js';
import type { ComponentsMessage, DrawnFile } from './ComponentsMessage.js';
import { renderText } from './renderText.js';
import { tones } from './tones.js';

/** Left out where it is undefined: Discord refuses empty texts. */
export type CardPart = APIComponentInContainer | undefined;

export const separator: APIComponentInContainer = {
  type: ComponentType.Separator,
  divider: true,
  spacing: SeparatorSpacingSize.Small,
};

export function containerCard(tone: Tone, parts: readonly CardPart[], file?: DrawnFile): ComponentsMessage {
  const components = parts.filter((part) => part !== undefined);
  return {
    components: [{ type: ComponentType.Container, accent_color: tones[tone].colour, components }],
    files: file === undefined ? [] : [file],
  };
}

export function heading(tone: Tone, title: Text, limit: number): APIComponentInContainer {
  return text(`## ${tones[tone].sign} ${renderText(title, limit)}`);
}

/** @param content Discord's markdown, as it is */
export function text(content: string): APIComponentInContainer {
  return { type: ComponentType.TextDisplay, content };
}

/** @param limit characters; Discord takes 4,000 in all of a message's texts together */
export function textOf(content: Text, limit: number): CardPart {
  return content.length === 0 ? undefined : text(renderText(content, limit));
}

/** Where one of the message's files is shown. */
export function picture({ name, description }: DrawnFile): APIComponentInContainer {
  return {
    type: ComponentType.MediaGallery,
    items: [{ media: { url: `attachment://${name}` }, description }],
  };
}

/** Another one where a person would see something else; files do not count. @param extra something more that counts */
export function digestOf({ components }: ComponentsMessage, extra: number | undefined = undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([components, extra]))
    .digest('base64url')
    .slice(0, 22);
}
