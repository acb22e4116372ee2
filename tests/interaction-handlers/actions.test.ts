import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { InteractionHandler } from '@sapphire/framework';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../src/interaction-handlers');
const context = {
  name: 'x',
  path: '',
  root: '',
  store: undefined,
} as unknown as InteractionHandler.LoaderContext;
const bases = ['RolloutsButton', 'RolloutsModal'];

type Handler = new (context: InteractionHandler.LoaderContext) => InteractionHandler;

/** The actions of every button's handler, by its file. */
async function actionsByHandler(): Promise<ReadonlyMap<string, readonly string[]>> {
  const named = readdirSync(folder)
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => /^[A-Z]/.test(name) && !bases.includes(name));
  const found = await Promise.all(
    named.map(async (name) => {
      const module = (await import(join(folder, `${name}.ts`))) as Record<string, Handler>;
      const Piece = module[name];
      if (Piece === undefined) throw new Error(`${name}.ts exports no ${name}.`);
      const { actions } = new Piece(context) as unknown as { readonly actions?: readonly string[] };
      return [name, actions ?? []] as const;
    }),
  );
  return new Map(found);
}

it('no two handlers answer the same button: each press is answered once', async () => {
  const owners = new Map<string, string[]>();
  for (const [name, actions] of await actionsByHandler())
    for (const action of actions) owners.set(action, [...(owners.get(action) ?? []), name]);
  expect(owners.size).toBeGreaterThan(20);
  expect([...owners].filter(([, names]) => names.length > 1)).toEqual([]);
});
