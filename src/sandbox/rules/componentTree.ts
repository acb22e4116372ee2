/** Rules that hold for all components of a message together, and the form in which Discord keeps them. */
import { ComponentType, type APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { z } from 'zod';
import { topLevel, type TopLevelComponent } from './components.js';
import { problem } from './fields.js';

/** Any node of the tree, seen only by what the common rules need. */
export interface ComponentNode {
  readonly type: number;
  readonly id?: number | null;
  readonly custom_id?: string | null;
  readonly content?: string;
  readonly components?: readonly ComponentNode[];
  readonly accessory?: ComponentNode;
  readonly component?: ComponentNode;
  /** Of a gallery. */
  readonly items?: readonly { readonly description?: string | null }[];
}

/** Every component with its place, the parents first. */
export function* walk(
  nodes: readonly ComponentNode[],
  path: readonly (string | number)[] = [],
): Generator<{ node: ComponentNode; path: (string | number)[] }> {
  for (const [index, node] of nodes.entries()) {
    const here = [...path, index];
    yield { node, path: here };
    if (node.components) yield* walk(node.components, [...here, 'components']);
    for (const key of ['accessory', 'component'] as const) {
      const child = node[key];
      if (child) {
        yield { node: child, path: [...here, key] };
      }
    }
  }
}

/** Refuses two components with one custom id. */
export function refuseRepeatedCustomIds(nodes: readonly ComponentNode[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const { node, path } of walk(nodes)) {
    if (typeof node.custom_id !== 'string') continue;
    if (seen.has(node.custom_id)) {
      problem(
        context,
        [...path, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      );
    }
    seen.add(node.custom_id);
  }
}

export const components = z
  .array(topLevel)
  .superRefine((all, context) => refuseRepeatedCustomIds(all, context));

/** Refuses what only one of the two versions of components allows; `isV2` is the message's flag. */
export function checkVersion(
  all: readonly TopLevelComponent[],
  isV2: boolean,
  context: z.RefinementCtx,
): void {
  const nodes = [...walk(all)];
  if (!isV2) {
    if (all.length > 5) {
      problem(context, ['components'], 'BASE_TYPE_MAX_LENGTH', 'Must be 5 or fewer in length.');
    }
    for (const [index, { type }] of all.entries()) {
      if (type === ComponentType.ActionRow) continue;
      problem(
        context,
        ['components', index, 'type'],
        'UNION_TYPE_CHOICES',
        'Needs the flag IS_COMPONENTS_V2',
      );
    }
    return;
  }
  if (nodes.length > 40) {
    problem(
      context,
      ['components'],
      'COMPONENT_MAX_TOTAL_COMPONENTS',
      'The maximum number of total components is 40',
    );
  }
  const characters = nodes.reduce((sum, { node }) => sum + [...(node.content ?? '')].length, 0);
  if (characters > 4000) {
    problem(
      context,
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      'Displayable text size exceeds maximum size of 4000',
    );
  }
}

const defaults: Readonly<Record<number, Record<string, unknown>>> = {
  [ComponentType.StringSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.UserSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.RoleSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.MentionableSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.ChannelSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.Container]: { accent_color: null, spoiler: false },
  [ComponentType.Thumbnail]: { description: null, spoiler: false },
  [ComponentType.Separator]: { divider: true, spacing: 1 },
  [ComponentType.File]: { name: null, size: null, spoiler: false },
};

const galleryItem = { description: null, spoiler: false };

const present = (node: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => value !== null));

/** The components as Discord gives them back: each with its number, defaults filled in, nothing null. */
export function storedComponents(
  all: readonly TopLevelComponent[] | null | undefined,
): APIMessageTopLevelComponent[] {
  let lastId = 0;
  const store = (node: ComponentNode): Record<string, unknown> => {
    const stored: Record<string, unknown> = {
      ...defaults[node.type],
      ...present(node),
      id: node.id || ++lastId,
    };
    if (node.items) stored['items'] = node.items.map((item) => ({ ...galleryItem, ...present(item) }));
    if (node.components) stored['components'] = node.components.map(store);
    if (node.accessory) stored['accessory'] = store(node.accessory);
    return stored;
  };
  return ((all ?? []) as readonly ComponentNode[]).map(store) as unknown as APIMessageTopLevelComponent[];
}
