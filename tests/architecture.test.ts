import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const text = readFile('docs/architecture.md', 'utf8');

it('docs/architecture.md says of every package what it is for', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, object | undefined>;
  const names = ['dependencies', 'peerDependencies', 'devDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  expect(names.length).toBeGreaterThan(40);
  const said = await text;
  expect(names.filter((name) => !said.includes(`\`${name}\``))).toEqual([]);
});

it.each(['src', 'src/lib'])('docs/architecture.md names every room of %s', async (folder) => {
  const rooms = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  expect(rooms.length).toBeGreaterThan(10);
  const [, tree = ''] = /```\nsrc\/\n([\s\S]*?)```/.exec(await text) ?? [];
  expect(
    rooms
      .map(({ name }) => `${name}/`)
      .filter((name) => !new RegExp(`(^|\\s)${name}(\\s|$)`, 'm').test(tree)),
  ).toEqual([]);
});

it('docs/architecture.md names no file of the source that is not there', async () => {
  const files = await readdir('src', { recursive: true });
  const named = [...(await text).matchAll(/`(?:[\w-]+\/)*(\w+\.ts)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)))).toEqual(
    [],
  );
});
