/** What Discord accepts as components of a message: rows of buttons and selects, and the second version's blocks. */
import { ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { emoji, problem, snowflake, text, url } from './fields.js';

const id = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .nullish();
const linkStyle = 5;
const premiumStyle = 6;

export const customId = text(1, 100);

export const button = z
  .strictObject({
    type: z.literal(ComponentType.Button),
    id,
    style: z.number().int().min(1).max(6),
    label: text(0, 80).nullish(),
    emoji: emoji.nullish(),
    custom_id: customId.nullish(),
    url: url.nullish(),
    sku_id: snowflake.nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((one, context) => {
    const hasId = typeof one.custom_id === 'string';
    const isLink = one.style === linkStyle;
    if (isLink && hasId) {
      problem(
        context,
        ['custom_id'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
    if ((typeof one.url === 'string') !== isLink) {
      problem(context, ['url'], 'BASE_TYPE_REQUIRED', 'A link button has a url, no other button has');
    }
    if (!isLink && one.style !== premiumStyle && !hasId) {
      problem(context, ['custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
    }
    if (one.style !== premiumStyle && !one.label && !one.emoji) {
      problem(
        context,
        ['label'],
        'BUTTON_COMPONENT_INVALID_EMOJI_OR_LABEL',
        'A button needs a label or an emoji',
      );
    }
  });

const selectFields = {
  id,
  custom_id: customId,
  placeholder: text(0, 150).nullish(),
  min_values: z.number().int().min(0).max(25).nullish(),
  max_values: z.number().int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
  /** Only in modals. */
  required: z.boolean().nullish(),
};

export const stringSelect = z
  .strictObject({
    type: z.literal(ComponentType.StringSelect),
    ...selectFields,
    options: z
      .array(
        z.strictObject({
          label: text(1, 100),
          value: text(1, 100),
          description: text(0, 100).nullish(),
          emoji: emoji.nullish(),
          default: z.boolean().nullish(),
        }),
      )
      .min(1)
      .max(25),
  })
  .superRefine((one, context) => {
    const values = one.options.map(({ value }) => value);
    if (new Set(values).size < values.length) {
      problem(
        context,
        ['options'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    if ((one.min_values ?? 1) > (one.max_values ?? 1) || (one.max_values ?? 1) > one.options.length) {
      problem(
        context,
        ['max_values'],
        'BASE_TYPE_BAD_VALUE',
        'min_values, max_values and the options do not fit together',
      );
    }
  });

const defaultValues = z
  .array(z.strictObject({ id: snowflake, type: z.enum(['user', 'role', 'channel']) }))
  .nullish();

export const otherSelect = z.strictObject({
  type: z.union([
    z.literal(ComponentType.UserSelect),
    z.literal(ComponentType.RoleSelect),
    z.literal(ComponentType.MentionableSelect),
    z.literal(ComponentType.ChannelSelect),
  ]),
  ...selectFields,
  channel_types: z.array(z.number().int()).nullish(),
  default_values: defaultValues,
});

const inRow = z.union([button, stringSelect, otherSelect]);

const actionRow = z
  .strictObject({ type: z.literal(ComponentType.ActionRow), id, components: z.array(inRow).min(1).max(5) })
  .superRefine(({ components }, context) => {
    if (components.length > 1 && components.some(({ type }) => type !== ComponentType.Button)) {
      problem(context, ['components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A select has its row to itself');
    }
  });

export const textDisplay = z.strictObject({
  type: z.literal(ComponentType.TextDisplay),
  id,
  content: text(1, 4000),
});

const media = z.looseObject({ url });
const thumbnail = z.strictObject({
  type: z.literal(ComponentType.Thumbnail),
  id,
  media,
  description: text(0, 1024).nullish(),
  spoiler: z.boolean().nullish(),
});
const section = z.strictObject({
  type: z.literal(ComponentType.Section),
  id,
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.union([button, thumbnail]),
});
const gallery = z.strictObject({
  type: z.literal(ComponentType.MediaGallery),
  id,
  items: z
    .array(z.strictObject({ media, description: text(0, 1024).nullish(), spoiler: z.boolean().nullish() }))
    .min(1)
    .max(10),
});
const file = z.strictObject({
  type: z.literal(ComponentType.File),
  id,
  file: media,
  spoiler: z.boolean().nullish(),
});
const separator = z.strictObject({
  type: z.literal(ComponentType.Separator),
  id,
  divider: z.boolean().nullish(),
  spacing: z.number().int().min(1).max(2).nullish(),
});
const inContainer = z.discriminatedUnion('type', [actionRow, textDisplay, section, gallery, file, separator]);
const container = z.strictObject({
  type: z.literal(ComponentType.Container),
  id,
  accent_color: z.number().int().min(0).max(0xffffff).nullish(),
  spoiler: z.boolean().nullish(),
  components: z.array(inContainer).min(1),
});

export const topLevel = z.discriminatedUnion('type', [
  actionRow,
  textDisplay,
  section,
  gallery,
  file,
  separator,
  container,
]);

export type TopLevelComponent = z.output<typeof topLevel>;
