/** The keys that a configuration file may have, from its JSON Schema: `driver(use=pm2).stable.name`. */
import type { ContractSettings } from './Contract.js';

/** What is looked at of a JSON Schema. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export function settingsOf(jsonSchema: string): ContractSettings {
  const root = JSON.parse(jsonSchema) as Schema;
  const settings: Record<string, { required: boolean }> = {};
  walk(root, '', root, settings, []);
  return settings;
}

function walk(
  given: Schema,
  path: string,
  root: Schema,
  into: Record<string, { required: boolean }>,
  seen: readonly string[],
): void {
  const name = given.$ref?.split('/').at(-1);
  // A schema that holds itself is listed once.
  if (name !== undefined && seen.includes(name)) return;
  const schema = name === undefined ? given : (root.$defs?.[name] ?? {});
  const within = name === undefined ? seen : [...seen, name];
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    const own = path === '' ? key : `${path}.${key}`;
    const isRequired = schema.required?.includes(key) ?? false;
    // In one of several forms it may be left out: then it may be left out.
    into[own] = { required: isRequired && (into[own]?.required ?? true) };
    walk(value, own, root, into, within);
  }
  for (const form of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
    walk(form, `${path}${markOf(form)}`, root, into, within);
  if (schema.items !== undefined) walk(schema.items, `${path}[]`, root, into, within);
  if (typeof schema.additionalProperties === 'object')
    walk(schema.additionalProperties, `${path}.*`, root, into, within);
}

/** What tells the forms of one key apart. */
function markOf({ properties = {} }: Schema): string {
  const marks = Object.entries(properties).flatMap(([key, value]) =>
    typeof value.const === 'string' ? [`${key}=${value.const}`] : [],
  );
  return marks.length === 0 ? '' : `(${marks.join(',')})`;
}
