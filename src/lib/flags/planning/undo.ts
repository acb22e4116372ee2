/** Takes back what one entry of the audit changed, where all of it is still as the entry left it. */
import type { Json } from '../../core/Json.js';
import type { CohortDocument, FlagDocument } from '../documents.js';
import { NotNow } from '../errors.js';
import { listed } from '../words.js';
import { type Draft, lookUp, type RoomNamespace, type World } from '../world.js';
import { overlay } from '../overlay.js';
import { checkUnused } from './cohorts.js';
import { type FieldChange, isSameValue, valueAt } from './fields.js';
import { guildDraft } from './lookups.js';
import { type Plan, type Planning, stamp, type Write } from './Plan.js';
import { checkRequirements, dependantsOf } from './requirements.js';
import { bodyOf } from '../../state/committing/bodyOf.js';

/** The fields that are no longer as the entry left them. */
export function movedSince(world: World, fields: readonly FieldChange[]): readonly FieldChange[] {
  return fields.filter((field) => !isSameValue(valueAt(world, field), field.after));
}

/** `title`: of the entry that is taken back. The caller has made sure that nothing moved since. */
export function planUndo(planning: Planning, title: string, fields: readonly FieldChange[]): Plan {
  const documents = new Map<string, { ns: RoomNamespace; key: string; fields: FieldChange[] }>();
  for (const field of fields) {
    const name = `${field.ns}:${field.key}`;
    const known = documents.get(name);
    if (known === undefined) documents.set(name, { ns: field.ns, key: field.key, fields: [field] });
    else known.fields.push(field);
  }
  const writes = [...documents.values()].map(({ ns, key, fields: own }) => takenBack(planning, ns, key, own));
  checkSound(planning.world, writes);
  return { title: `Undo: ${title}`, writes, notes: [] };
}

function takenBack(
  planning: Planning,
  ns: RoomNamespace,
  key: string,
  fields: readonly FieldChange[],
): Write {
  const whole = fields.find(({ path }) => path.length === 0);
  if (whole !== undefined) return write(ns, key, whole.before);
  const before = lookUp(planning.world, ns, key);
  const body = bodyOf(
    before ?? (ns === 'guilds' ? guildDraft(planning.world, key) : { schema: 1, off: null }),
  );
  let next = structuredClone(body) as Record<string, Json>;
  for (const { path, before: value } of fields) next = withValue(ns, next, path, value);
  if (ns === 'flags' || ns === 'cohorts') next['updated'] = bodyOf(stamp(planning)) as Json;
  if (fields.some(({ path }) => ['enabled', 'basisPoints', 'killed'].includes(path[0] ?? ''))) {
    next['servedSince'] = planning.now;
  }
  return write(ns, key, next);
}

/** The audit holds what once was a document of this namespace: its fields went through the same schema. */
function write(ns: RoomNamespace, key: string, next: Json): Write {
  return { ns, key, next: next as Draft | null } as Write;
}

/** A document (without its version) with one field as it was or is. */
export function withValue(
  ns: RoomNamespace,
  body: Record<string, Json>,
  path: readonly string[],
  value: Json,
): Record<string, Json> {
  if (ns === 'cohorts' && path[0] === 'guilds') {
    const others = (body['guilds'] as readonly Json[]).filter((id) => id !== path[1]);
    return { ...body, guilds: value === null ? others : [...others, path[1] ?? ''] };
  }
  return placed(body, path, value, nullable(ns, path));
}

/** A field of its own stays and becomes null; a member of a record goes. */
function nullable(ns: RoomNamespace, path: readonly string[]): boolean {
  return path.length === 1 && (ns === 'flags' || ns === 'guilds' || ns === 'settings');
}

function placed(
  into: Record<string, Json>,
  [name = '', ...rest]: readonly string[],
  value: Json,
  keepNull: boolean,
): Record<string, Json> {
  const { [name]: inner, ...others } = into;
  if (rest.length > 0) {
    const deeper = placed((inner ?? {}) as Record<string, Json>, rest, value, keepNull);
    return Object.keys(deeper).length === 0 && rest.length === 1 && name !== 'cohorts'
      ? others
      : { ...others, [name]: deeper };
  }
  return value === null && !keepNull ? others : { ...others, [name]: value };
}

/** What was right when it was so may no longer be: prerequisites, cohorts in use, guilds with settings of their own. */
function checkSound(world: World, writes: readonly Write[]): void {
  const after = overlay(world, writes);
  for (const { ns, key, next } of writes) {
    if (ns === 'cohorts' && next === null) checkUnused(after, key);
    if (ns === 'flags' && next === null) checkUnneeded(after, key);
    const flag = ns === 'flags' ? after.flags.get(key) : undefined;
    if (flag !== undefined) checkFlag(world, after, flag);
  }
}

function checkFlag(world: World, after: World, flag: FlagDocument): void {
  const before = world.flags.get(flag.key);
  if (before !== undefined && before.requires.join() !== flag.requires.join()) {
    checkRequirements(after, flag.key, flag.requires);
  }
  const gone = Object.keys(flag.cohorts).filter(
    (name): name is CohortDocument['name'] => after.cohorts.get(name) === undefined,
  );
  if (gone.length > 0) {
    throw new NotNow(`The cohort ${listed(gone)} is gone, so ${flag.key} cannot refer to it again.`, {
      next: 'Create the cohort first.',
    });
  }
}

function checkUnneeded(after: World, key: string): void {
  const dependants = dependantsOf(after, key);
  if (dependants.length > 0) {
    throw new NotNow(`${listed(dependants.slice(0, 5))} by now require ${key}.`, {
      next: 'Edit them first, or archive this flag instead.',
    });
  }
  for (const guild of after.guilds.values()) {
    if (key in guild.entries) {
      throw new NotNow(`Guilds have settings of their own for ${key} by now.`, {
        next: 'Archive it instead: that keeps them, and its history.',
      });
    }
  }
}
