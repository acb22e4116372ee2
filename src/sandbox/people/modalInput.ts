/** Turns what was typed into a modal into the data of its interaction. */
import { ComponentType, type APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { ClientError } from '../interactions/Interaction.js';
import type { Wire } from '../wire/Wire.js';

interface FieldNode {
  readonly type: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly component?: FieldNode;
  readonly components?: readonly FieldNode[];
  readonly options?: readonly { readonly value: string; readonly default?: boolean }[];
}

/** `values` by label or custom id. Throws {@link ClientError} for what Discord's client would not send. */
export function fillModal(
  modal: APIModalInteractionResponseCallbackData,
  values: Readonly<Record<string, string>>,
): Wire {
  const used = new Set<string>();
  const fill = (input: FieldNode, label: string): Wire => {
    const key = [label, input.custom_id ?? ''].find((name) => name in values);
    if (key !== undefined) used.add(key);
    const text = (key === undefined ? standingIn(input) : values[key]) ?? '';
    check(input, label, text);
    const { type, custom_id } = input;
    if (type === (ComponentType.TextInput as number))
      return { type, id: input.id ?? 0, custom_id, value: text };
    return { type, id: input.id ?? 0, custom_id, values: text === '' ? [] : text.split(',') };
  };
  const components = (modal.components as unknown as readonly FieldNode[]).map((block): Wire => {
    const { type, component, components: inner } = block;
    if (component) return { type, id: block.id ?? 0, component: fill(component, block.label ?? '') };
    if (inner)
      return { type, id: block.id ?? 0, components: inner.map((input) => fill(input, input.label ?? '')) };
    return { type, id: block.id ?? 0 };
  });
  const unknown = Object.keys(values).find((name) => !used.has(name));
  if (unknown !== undefined) throw new ClientError(`The modal "${modal.title}" has no field "${unknown}".`);
  return { custom_id: modal.custom_id, components };
}

/** What stands there before anybody typed or chose. */
function standingIn({ value, options = [] }: FieldNode): string | undefined {
  const chosen = options.filter((option) => option.default === true);
  return chosen.length === 0 ? value : chosen.map((option) => option.value).join();
}

function check(
  { required = true, min_length: min = 0, max_length: max = 4000 }: FieldNode,
  label: string,
  text: string,
) {
  const { length } = [...text];
  if (required && length === 0) throw new ClientError(`"${label}" is required.`);
  if (length > 0 && length < min) throw new ClientError(`"${label}" needs ${min} characters or more.`);
  if (length > max) throw new ClientError(`"${label}" takes ${max} characters or fewer.`);
}
