/** The package as others get it: packed, and installed into an empty folder with the hosts' own libraries. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PackedFile {
  /** Relative to the package. */
  readonly path: string;
  readonly size: number;
}

export interface Installed {
  /** Where the bots of `bots/` lie, with `node_modules` beside them. */
  readonly folder: string;
  readonly tarball: string;
  readonly files: readonly PackedFile[];
  /** Bytes, packed. */
  readonly size: number;
  remove(): Promise<void>;
}

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Packs what `dist/` holds: `npm test` has just built it. Takes a download of the libraries, where npm has none yet. */
export async function installed(): Promise<Installed> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'rollouts-package-')));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder, ...quiet]);
  const [packed] = JSON.parse(stdout) as [{ filename: string; size: number; files: PackedFile[] }];
  const tarball = join(folder, packed.filename);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'empty-bot', private: true }));
  const libraries = await Promise.all(['discord.js', '@sapphire/framework'].map(asInstalledHere));
  await run('npm', ['install', '--prefer-offline', ...quiet, tarball, ...libraries], { cwd: folder });
  await cp('tests/package/bots', folder, { recursive: true });
  return {
    folder,
    tarball,
    files: packed.files,
    size: packed.size,
    remove: () => rm(folder, { recursive: true }),
  };
}

async function asInstalledHere(name: string): Promise<string> {
  const manifest = await readFile(join('node_modules', name, 'package.json'), 'utf8');
  return `${name}@${(JSON.parse(manifest) as { version: string }).version}`;
}
