import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkVersions } from '../../../src/cli/doctor/versions.js';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'rollouts-versions-')));
});
afterEach(() => rm(folder, { recursive: true }));

async function install(name: string, version: string, ...under: string[]): Promise<void> {
  const place = join(folder, ...under.flatMap((parent) => ['node_modules', parent]), 'node_modules', name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }));
  await writeFile(join(place, 'index.js'), '');
}

const check = (node = '22.0.0') => checkVersions([join(folder, 'package.json')], node);

describe('the versions', () => {
  it('are well where each library is there once', async () => {
    await install('discord.js', '14.28.1');
    await install('@sapphire/framework', '5.5.1');
    expect(check()).toMatchObject([
      { level: 'ok', found: 'Version 22.0.0.' },
      { level: 'ok', found: `Version 14.28.1 in ${join(folder, 'node_modules/discord.js')}.` },
      { level: 'ok' },
    ]);
  });

  it('are a problem where Sapphire has a discord.js of its own', async () => {
    await install('discord.js', '14.28.1');
    await install('@sapphire/framework', '5.5.1');
    await install('discord.js', '14.20.0', '@sapphire/framework');
    const [, discord] = check();
    expect(discord).toMatchObject({
      level: 'problem',
      found: expect.stringMatching(/2 copies: 14\.28\.1 in .*; 14\.20\.0 in /) as string,
      next: expect.stringContaining('npm dedupe') as string,
    });
  });

  it('are a problem where a library is missing', async () => {
    await install('discord.js', '14.28.1');
    expect(check()[2]).toMatchObject({
      about: '@sapphire/framework',
      level: 'problem',
      found: 'It is not installed.',
    });
  });

  it.each([
    ['20.18.3', 'problem'],
    ['20.19.0', 'ok'],
    ['18.20.0', 'problem'],
    ['24.1.0', 'ok'],
  ])('Node %s is: %s', (version, level) => {
    expect(check(version)[0]).toMatchObject({ about: 'node', level });
  });
});
