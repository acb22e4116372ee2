/** What a change of the commands breaks for whoever types them. Descriptions and order break nobody. */
import { isDeepStrictEqual } from 'node:util';
import type { ContractCommand, ContractOption } from './Contract.js';
import { adds, breaks, sides, type Change } from './Change.js';

/** Discord's numbers of the option types that hold others. */
const [subcommand, group] = [1, 2];

export function compareCommands(
  was: readonly ContractCommand[],
  is: readonly ContractCommand[],
): readonly Change[] {
  const [before, now] = [byName(was), byName(is)];
  const { both, gone, fresh } = sides(before, now);
  return [
    ...gone.map(([name, old]) =>
      breaks(`/${name} is gone: people who type it find nothing${renamed(old, fresh, '/')}`),
    ),
    ...both.flatMap(([name, old, current]) => [
      ...compareAccess(name, old, current),
      ...compareOptions(`/${name}`, old.options ?? [], current.options ?? []),
    ]),
    ...fresh.map(([name]) => adds(`/${name}`)),
  ];
}

function compareAccess(name: string, was: ContractCommand, is: ContractCommand): readonly Change[] {
  const lost = (was.contexts ?? []).filter((context) => !(is.contexts ?? [context]).includes(context));
  const [before, now] = [was.default_member_permissions ?? null, is.default_member_permissions ?? null];
  const isNarrowed = now !== null && (before === null || (BigInt(now) & ~BigInt(before)) !== 0n);
  return [
    ...((was.type ?? 1) === (is.type ?? 1) ? [] : [breaks(`/${name} is another kind of command now`)]),
    ...(lost.length > 0 ? [breaks(`/${name} is no longer offered in contexts ${lost.join(', ')}`)] : []),
    ...(!was.contexts && is.contexts
      ? [breaks(`/${name} is offered in contexts ${is.contexts.join(', ')} only: it was everywhere`)]
      : []),
    ...(isNarrowed ? [breaks(`/${name} asks for more permissions: members who could use it cannot`)] : []),
  ];
}

function compareOptions(
  path: string,
  was: readonly ContractOption[],
  is: readonly ContractOption[],
): readonly Change[] {
  const { both, gone, fresh } = sides(byName(was), byName(is));
  return [
    ...gone.map(([name, old]) => {
      const [what, whom] = holdsOptions(old)
        ? [`${path} ${name}`, 'people who type it find nothing']
        : [`${path}: the option ${name}`, 'people who fill it in cannot'];
      return breaks(`${what} is gone: ${whom}${renamed(old, fresh, '')}`);
    }),
    ...both.flatMap(([name, old, current]) => compareOption(path, name, old, current)),
    ...fresh.map(([name, option]) =>
      holdsOptions(option)
        ? adds(`${path} ${name}`)
        : option.required === true
          ? breaks(`${path}: the new option ${name} is required: people who type it as before are refused`)
          : adds(`${path}: the option ${name}`),
    ),
  ];
}

function compareOption(
  path: string,
  name: string,
  was: ContractOption,
  is: ContractOption,
): readonly Change[] {
  if (was.type !== is.type) return [breaks(`${path}: ${name} takes another type of value now`)];
  if (holdsOptions(was)) return compareOptions(`${path} ${name}`, was.options ?? [], is.options ?? []);
  const option = `${path}: the option ${name}`;
  const lost = (was.choices ?? []).filter(
    ({ value }) => !(is.choices ?? [{ value }]).some((one) => one.value === value),
  );
  const channels = (was.channel_types ?? []).filter((type) => !(is.channel_types ?? [type]).includes(type));
  return [
    ...(is.required === true && was.required !== true
      ? [breaks(`${option} is required now: people who leave it out are refused`)]
      : []),
    ...lost.map((choice) => breaks(`${option} no longer offers "${choice.name}"`)),
    ...((was.choices ?? []).length === 0 && (is.choices ?? []).length > 0
      ? [breaks(`${option} takes only what it offers: it took anything`)]
      : []),
    ...(channels.length > 0 || (was.channel_types === undefined && is.channel_types !== undefined)
      ? [breaks(`${option} takes fewer kinds of channels`)]
      : []),
    ...(isTighter(was, is)
      ? [breaks(`${option} takes less than before (${bounds(was)}, now ${bounds(is)})`)]
      : []),
  ];
}

function isTighter(was: ContractOption, is: ContractOption): boolean {
  const low = (a = -Infinity, b = -Infinity): boolean => b > a;
  const high = (a = Infinity, b = Infinity): boolean => b < a;
  return (
    low(was.min_value, is.min_value) ||
    high(was.max_value, is.max_value) ||
    low(was.min_length ?? 0, is.min_length ?? 0) ||
    high(was.max_length, is.max_length)
  );
}

function bounds(option: ContractOption): string {
  const { min_value: from, max_value: to, min_length: least, max_length: most } = option;
  const value = from === undefined && to === undefined ? [] : [`values ${from ?? '…'} to ${to ?? '…'}`];
  const length =
    least === undefined && most === undefined ? [] : [`${least ?? 0} to ${most ?? '…'} characters`];
  return [...value, ...length].join(', ') || 'anything';
}

/** The same under another name, where there is exactly one such. */
function renamed<T extends { readonly name: string; readonly options?: readonly ContractOption[] }>(
  old: T,
  fresh: readonly (readonly [string, T])[],
  mark: string,
): string {
  const alike = fresh.filter(([, one]) => isDeepStrictEqual({ ...one, name: '' }, { ...old, name: '' }));
  return alike.length === 1 ? `. Was it renamed to ${mark}${alike[0]?.[0] ?? ''}?` : '';
}

function holdsOptions({ type }: ContractOption): boolean {
  return type === subcommand || type === group;
}

function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [one.name, one]));
}
