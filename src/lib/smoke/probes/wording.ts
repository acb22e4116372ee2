/** Whether what is shown keeps to the one look: Discord's limits, our colours and signs, and no slips of a program. */
import { z } from 'zod';
import type { Json } from '../../core/Json.js';

const embed = z.object({
  title: z.string().default(''),
  description: z.string().default(''),
  color: z.number().optional(),
  footer: z.object({ text: z.string() }).optional(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
const shown = z.object({
  content: z.string().nullish(),
  embeds: z.array(embed).default([]),
  components: z.array(z.unknown()).default([]),
});

export interface Look {
  readonly colour: number;
  /** What every title of that colour begins with. */
  readonly sign: string;
}

/** What a program says by mistake. */
const slips = ['undefined', '[object ', 'NaN', 'Infinity', '    at ', 'null null'];

/** What is wrong with one message, in words; empty where all is well. */
export function faultsOf(
  body: Json,
  looks: readonly Look[],
  lookedFor: readonly string[] = slips,
): readonly string[] {
  const read = shown.safeParse(body);
  if (!read.success) return ['it is no message'];
  const { content, embeds, components } = read.data;
  const texts = [content ?? '', ...embeds.flatMap(textsOf), ...components.flatMap(textsIn)];
  return [
    ...lookedFor
      .filter((slip) => texts.some((text) => text.includes(slip)))
      .map((slip) => `it says "${slip.trim()}"`),
    ...(embeds.flatMap(textsOf).join('').length > 6000 ? ['it is longer than 6000 characters'] : []),
    ...(components.filter(isRow).length > 5 ? ['it has more than five rows of buttons'] : []),
    ...embeds.flatMap((each) => faultsOfEmbed(each, looks)),
  ];
}

function faultsOfEmbed(each: z.output<typeof embed>, looks: readonly Look[]): readonly string[] {
  const { title, description, color, fields } = each;
  const look = looks.find(({ colour }) => colour === color);
  return [
    ...(look === undefined ? ['its colour is none of ours'] : []),
    ...(look !== undefined && !title.startsWith(look.sign) ? ['its title lacks the sign of its colour'] : []),
    ...(title.trim() === '' ? ['it has no title'] : []),
    ...(title.length > 256 || description.length > 4096 || fields.length > 25 ? ['it is over a limit'] : []),
    ...(fields.some(({ name, value }) => name.trim() === '' || value.trim() === '')
      ? ['a field is empty']
      : []),
  ];
}

function textsOf({ title, description, footer, fields }: z.output<typeof embed>): readonly string[] {
  return [title, description, footer?.text ?? '', ...fields.flatMap(({ name, value }) => [name, value])];
}

const isRow = (one: unknown): boolean => z.object({ type: z.literal(1) }).safeParse(one).success;

const component = z.object({
  content: z.string().optional(),
  label: z.string().optional(),
  components: z.array(z.unknown()).default([]),
  accessory: z.unknown().optional(),
});

/** What a component and those in it say. */
function textsIn(one: unknown): readonly string[] {
  const read = component.safeParse(one);
  if (!read.success) return [];
  const { content = '', label = '', components, accessory } = read.data;
  return [content, label, ...[...components, accessory].flatMap(textsIn)];
}
