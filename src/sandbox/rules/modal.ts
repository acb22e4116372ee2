/** What Discord accepts as a modal. */
import { ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { customId, otherSelect, stringSelect, textDisplay } from './components.js';
import { refuseRepeatedCustomIds } from './componentTree.js';
import { problem, text } from './fields.js';

const id = z.number().int().min(0).nullish();

const inputFields = {
  type: z.literal(ComponentType.TextInput),
  id,
  custom_id: customId,
  style: z.union([z.literal(1), z.literal(2)]),
  min_length: z.number().int().min(0).max(4000).nullish(),
  max_length: z.number().int().min(1).max(4000).nullish(),
  required: z.boolean().nullish(),
  value: text(0, 4000).nullish(),
  placeholder: text(0, 100).nullish(),
};

interface TextInput {
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly value?: string | null;
}

function lengthsFit({ min_length, max_length, value }: TextInput, context: z.RefinementCtx): void {
  if ((min_length ?? 0) > (max_length ?? 4000)) {
    problem(context, ['min_length'], 'BASE_TYPE_BAD_VALUE', 'min_length is above max_length');
  }
  if (value && [...value].length > (max_length ?? 4000)) {
    problem(context, ['value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${max_length} or fewer in length.`);
  }
}

/** In an action row, an input carries its label itself; in a label block, the block does. */
const labelledInput = z.strictObject({ ...inputFields, label: text(1, 45) }).superRefine(lengthsFit);
const bareInput = z.strictObject({ ...inputFields, label: z.null().optional() }).superRefine(lengthsFit);

const row = z.strictObject({
  type: z.literal(ComponentType.ActionRow),
  id,
  components: z.array(labelledInput).length(1),
});
const label = z.strictObject({
  type: z.literal(ComponentType.Label),
  id,
  label: text(1, 45),
  description: text(0, 100).nullish(),
  component: z.union([bareInput, stringSelect, otherSelect]),
});

export const modal = z
  .strictObject({
    custom_id: text(1, 100),
    title: text(1, 45),
    components: z
      .array(z.discriminatedUnion('type', [row, label, textDisplay]))
      .min(1)
      .max(5),
  })
  .superRefine(({ components }, context) => refuseRepeatedCustomIds(components, context));
