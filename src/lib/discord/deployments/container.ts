/** What the cards of deployments are built of: one container of texts with at most one picture. */
import {
  ComponentType,
  SeparatorSpacingSize,
  type APIComponentInContainer,
  type APITextDisplayComponent,
} from 'discord.js';
import type { Text, Tone } from '../../alerts/Card.js';
import type { ComponentsMessage, DrawnFile } from '../ComponentsMessage.js';
import { renderText } from '../renderText.js';
import { tones } from '../tones.js';

export const separator: APIComponentInContainer = {
  type: ComponentType.Separator,
  divider: true,
  spacing: SeparatorSpacingSize.Small,
};

/** Markdown of our own, or what {@link renderText} made of others'. */
export const text = (content: string): APITextDisplayComponent => ({
  type: ComponentType.TextDisplay,
  content,
});

/** undefined where there is nothing to say: Discord refuses empty texts. */
export function textOf(content: Text, limit: number): APIComponentInContainer | undefined {
  return content.length === 0 ? undefined : text(renderText(content, limit));
}

export function heading(tone: Tone, title: Text, limit: number): APIComponentInContainer {
  return text(`## ${tones[tone].sign} ${renderText(title, limit)}`);
}

export function container(
  tone: Tone,
  parts: readonly (APIComponentInContainer | undefined)[],
  file: DrawnFile | undefined,
): ComponentsMessage {
  return {
    components: [
      {
        type: ComponentType.Container,
        accent_color: tones[tone].colour,
        components: parts.filter((part) => part !== undefined),
      },
    ],
    files: file === undefined ? [] : [file],
  };
}
