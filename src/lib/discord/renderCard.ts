/** The one layout of everything the bot says: a card as one embed with its buttons, as raw API JSON. */
import {
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  type APIEmbedField,
} from 'discord.js';
import type { Card, CardButton, CardField } from '../alerts/Card.js';
import { buttonStyles } from './buttonStyles.js';
import { customId } from './customIds.js';
import { oneLine, shorten } from './inert.js';
import { renderText } from './renderText.js';
import { tones } from './tones.js';

export interface RenderCardOptions {
  /** Short name of the notice that people can quote, shown in the footer. */
  readonly reference?: string;
}

export interface RenderedCard {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
}

/** Discord's limits, in UTF-16 units and counts. */
const limits = {
  title: 256,
  body: 4096,
  todo: 1500,
  fields: 25,
  name: 256,
  value: 1024,
  footer: 2048,
  embed: 6000,
};
const buttonsInRow = 5;
const rowsInMessage = 5;

/**
 * Draws a card. All text in it is inert; what is over Discord's limits ends in `…`.
 * Send it with closed `allowed_mentions`: an embed pings nobody, but a rule with no exception is easier to keep.
 */
export function renderCard(card: Card, options: RenderCardOptions = {}): RenderedCard {
  const tone = tones[card.tone];
  const footer =
    options.reference === undefined ? undefined : shorten(oneLine(options.reference), limits.footer);
  const title = `${tone.sign} ${renderText(card.title.replace(/\s+/g, ' '), limits.title - tone.sign.length - 1)}`;
  let room = limits.embed - title.length - (footer?.length ?? 0);
  const embed: APIEmbed = { color: tone.colour, title };
  const description = renderBody(card);
  if (description !== undefined) {
    embed.description = description;
    room -= description.length;
  }
  const fields = renderFields(card.fields ?? [], room);
  if (fields.length > 0) embed.fields = fields;
  if (footer !== undefined) embed.footer = { text: footer };
  return { embeds: [embed], components: renderButtons(card.buttons ?? []) };
}

/** What is to be done stands last, and whole: what people wrote may be as long as it likes. */
function renderBody({ body = '', todo = '' }: Card): string | undefined {
  const last = todo.length === 0 ? '' : `**To do:** ${renderText(todo, limits.todo)}`;
  if (body.length === 0) return last === '' ? undefined : last;
  if (last === '') return renderText(body, limits.body);
  return `${renderText(body, limits.body - last.length - 1)}\n${last}`;
}

/** As many as fit into what the embed has left; where some do not, the last one says so. */
function renderFields(fields: readonly CardField[], room: number): APIEmbedField[] {
  const drawn: APIEmbedField[] = [];
  const more: APIEmbedField = { name: '…', value: '…' };
  let left = room;
  for (const [index, field] of fields.entries()) {
    const isLast = index === fields.length - 1;
    const reserve = isLast ? 0 : more.name.length + more.value.length;
    const name = renderText(field.name.replace(/\s+/g, ' '), limits.name);
    const value = renderText(field.value, Math.min(limits.value, Math.max(1, left - name.length - reserve)));
    const hasPlace = drawn.length < limits.fields - (isLast ? 0 : 1);
    if (!hasPlace || name.length + value.length + reserve > left) {
      drawn.push(more);
      break;
    }
    drawn.push({ name, value, ...(field.inline === undefined ? {} : { inline: field.inline }) });
    left -= name.length + value.length;
  }
  return drawn;
}

function renderButtons(buttons: readonly CardButton[]): RenderedCard['components'] {
  const rows: RenderedCard['components'] = [];
  for (let start = 0; start < buttons.length && rows.length < rowsInMessage; start += buttonsInRow) {
    rows.push({
      type: ComponentType.ActionRow,
      components: buttons.slice(start, start + buttonsInRow).map((button) => ({
        type: ComponentType.Button,
        style: buttonStyles[button.style],
        label: shorten(oneLine(button.label), 80),
        custom_id: customId(button.action, button.args),
      })),
    });
  }
  return rows;
}
