/** Where a registered command is other than its definition, in words. */
import { ApplicationCommandOptionType } from 'discord.js';
import type { CommandShape, OptionShape } from './definedCommands.js';

/** Empty where both are the same. */
export function commandDifferences(defined: CommandShape, registered: CommandShape): readonly string[] {
  const described = defined.description !== registered.description ? ['its description differs'] : [];
  return [...described, ...optionDifferences(defined.options, registered.options, '')];
}

function optionDifferences(
  defined: readonly OptionShape[],
  registered: readonly OptionShape[],
  path: string,
): readonly string[] {
  const missing = defined
    .filter(({ name }) => !registered.some((one) => one.name === name))
    .map((one) => `${kindOf(one)} "${path}${one.name}" is missing`);
  const extra = registered
    .filter(({ name }) => !defined.some((one) => one.name === name))
    .map((one) => `${kindOf(one)} "${path}${one.name}" is not defined any more`);
  const others = defined.flatMap((one) => {
    const there = registered.find(({ name }) => name === one.name);
    return there === undefined ? [] : within(one, there, `${path}${one.name}`);
  });
  const isMoved =
    missing.length === 0 &&
    extra.length === 0 &&
    defined.some(({ name }, at) => registered[at]?.name !== name);
  const where = path === '' ? '' : ` of "${path.trim()}"`;
  return [...missing, ...extra, ...others, ...(isMoved ? [`the order${where} differs`] : [])];
}

function within(defined: OptionShape, registered: OptionShape, path: string): readonly string[] {
  const what = `${kindOf(defined)} "${path}"`;
  const found: string[] = [];
  if (defined.type !== registered.type)
    found.push(`${what} is a ${typeName(registered.type)} instead of a ${typeName(defined.type)}`);
  if (defined.required !== registered.required)
    found.push(`${what} is ${registered.required ? 'required' : 'optional'}, against its definition`);
  if (defined.autocomplete !== registered.autocomplete)
    found.push(
      `${what} ${registered.autocomplete ? 'suggests' : 'does not suggest'}, against its definition`,
    );
  if (defined.description !== registered.description) found.push(`the description of ${what} differs`);
  if (defined.choices.join('\n') !== registered.choices.join('\n'))
    found.push(`the choices of ${what} differ`);
  return [...found, ...optionDifferences(defined.options, registered.options, `${path} `)];
}

function kindOf({ type }: OptionShape): string {
  const name = ApplicationCommandOptionType[type];
  if (name === 'Subcommand') return 'subcommand';
  return name === 'SubcommandGroup' ? 'group' : 'option';
}

function typeName(type: number): string {
  return (ApplicationCommandOptionType[type] ?? `type ${type}`).toLowerCase();
}
