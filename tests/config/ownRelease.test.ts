import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownRelease } from '../../src/config/ownRelease.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-release-'));
  await mkdir(join(folder, 'dist/esm'), { recursive: true });
  await mkdir(join(folder, 'node_modules/tool/bin'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (path: string, content: string): Promise<void> =>
  writeFile(join(folder, path, 'package.json'), content);

describe('the release where nobody names one', () => {
  it('is the version of the package that the program lies in; a package.json without one is passed over', async () => {
    await put('.', '{"version":"1.2.3"}');
    await put('dist/esm', '{"type":"module"}');
    expect(ownRelease({ program: join(folder, 'dist/esm/bot.js'), directory: '/' })).toBe('1.2.3');
    expect(ownRelease({ program: 'dist/esm/bot.js', directory: folder })).toBe('1.2.3');
  });

  it("is not the version of a tool that runs the bot, but of the working directory's package", async () => {
    await put('.', '{"version":"1.2.3"}');
    await put('node_modules/tool', '{"version":"9.9.9"}');
    expect(ownRelease({ program: join(folder, 'node_modules/tool/bin/run.js'), directory: folder })).toBe(
      '1.2.3',
    );
    expect(ownRelease({ program: undefined, directory: folder })).toBe('1.2.3');
  });

  it('is "unknown" where no package.json says it, or it is none', async () => {
    await put('.', 'no JSON');
    expect(ownRelease({ program: join(folder, 'dist/esm/bot.js'), directory: folder })).toBe('unknown');
  });
});
