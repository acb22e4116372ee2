/** The program's own parts: Node, and one copy each of the libraries that must not be there twice. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ok, problem, type Finding } from './Finding.js';

/** What `engines` in package.json says. */
const leastNode = [20, 19] as const;

/** Two copies of either are two worlds: a plugin hooks into one of them, and the bot lives in the other. */
const single = ['discord.js', '@sapphire/framework'];

export function checkVersions(
  from: readonly string[] = [join(process.cwd(), 'package.json'), import.meta.url],
  node: string = process.versions.node,
): readonly Finding[] {
  return [nodeFinding(node), ...single.map((name) => copiesFinding(name, from))];
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = leastNode;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor))
    return ok('node', `Version ${version}.`);
  return problem(
    'node',
    `Version ${version} is too old.`,
    `Install Node ${leastMajor}.${leastMinor} or later.`,
  );
}

function copiesFinding(name: string, from: readonly string[]): Finding {
  const copies = new Map(from.flatMap((start) => found(name, start)));
  const places = [...copies].map(([folder, version]) => `${version} in ${folder}`);
  if (copies.size === 0) return problem(name, 'It is not installed.', `Run "npm install ${name}".`);
  if (copies.size === 1) return ok(name, `Version ${places.join()}.`);
  return problem(
    name,
    `There are ${copies.size} copies: ${places.join('; ')}.`,
    `Run "npm dedupe", or bring every package to one version ("npm ls ${name}" shows who wants which).`,
  );
}

/** The folder and version of `name` as a file at `start` would load it; and as Sapphire, loaded from there, would. */
function found(name: string, start: string): readonly (readonly [folder: string, version: string])[] {
  const direct = locate(name, start);
  const sapphire = name === '@sapphire/framework' ? undefined : locate('@sapphire/framework', start);
  const through = sapphire && locate(name, join(sapphire[0], 'package.json'));
  return [direct, through].filter((place) => place !== undefined);
}

function locate(name: string, start: string): readonly [string, string] | undefined {
  let entry: string;
  try {
    entry = createRequire(start).resolve(name);
  } catch {
    return undefined;
  }
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name: itsName, version } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      name?: string;
      version?: string;
    };
    if (itsName === name) return [realpathSync(folder), version ?? 'unknown'];
  }
  return undefined;
}
