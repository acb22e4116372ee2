/** What is typed to have every command answer once: all of them, found by what the bot registered. */
import { ApplicationCommandOptionType as Type, type APIApplicationCommand } from 'discord-api-types/v10';
import type { OptionShape, OptionValues } from '../../../src/sandbox/people/commandInput.js';

export interface Call {
  /** As the contract names it: `/feature create`. */
  readonly typed: string;
  readonly values: OptionValues;
}

/** Where the right word makes an answer that says more than a refusal; anything else is filled in by its type. */
const words: OptionValues = {
  name: 'contract_flag',
  flag: 'contract_flag',
  feature: 'contract_flag',
  description: 'What it does',
  reason: 'to see what is answered',
  cohort: 'contract_cohort',
};

/** In this order, for one builds on another; then those of neither list, by name. */
const first = ['/feature create', '/cohort create', '/feature list', '/feature info', '/feature enable'];
/** What goes on by itself afterwards, and would change what the others answer from one run to the next. */
const last = ['/smoke run', '/deploy start', '/rollout start', '/rollback drill'];

export function callsOf(commands: readonly APIApplicationCommand[]): readonly Call[] {
  const calls = commands.flatMap((command) => {
    const options = (command.options ?? []) as readonly OptionShape[];
    const subcommands = options.filter(({ type }) => type === (Type.Subcommand as number));
    return subcommands.length === 0
      ? [{ typed: `/${command.name}`, values: filled(options) }]
      : subcommands.map((one) => ({
          typed: `/${command.name} ${one.name}`,
          values: filled(one.options ?? []),
        }));
  });
  const place = (typed: string): number => {
    const at = first.indexOf(typed);
    return at === -1 ? first.length + 1 + last.indexOf(typed) : at;
  };
  return calls.sort((a, b) => place(a.typed) - place(b.typed) || (a.typed < b.typed ? -1 : 1));
}

function filled(options: readonly OptionShape[]): OptionValues {
  const required = options.filter((option) => option.required === true);
  return Object.fromEntries(required.map((option) => [option.name, valueFor(option)]));
}

function valueFor(option: OptionShape): string | number | boolean {
  const [choice] = option.choices ?? [];
  if (choice !== undefined) return choice.value;
  switch (option.type as Type) {
    case Type.Integer:
    case Type.Number:
      return option.min_value ?? 1;
    case Type.Boolean:
      return true;
    case Type.User:
      return 'admin';
    case Type.Role:
      return 'Staff';
    case Type.Channel:
      return 'operations';
    default:
      return words[option.name] ?? 'x'.repeat(Math.max(1, option.min_length ?? 1));
  }
}
