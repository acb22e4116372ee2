import { createRequire } from 'node:module';

/** This package's version; `package.json` stands two folders above, in `src/` and in `dist/` alike, one more in the latter. */
export function ownVersion(): string {
  const require = createRequire(import.meta.url);
  for (const path of ['../../package.json', '../../../package.json']) {
    const found = manifest(require, path);
    if (found?.name === 'sapphire-plugin-rollouts') return found.version ?? 'unknown';
  }
  return 'unknown';
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

function manifest(require: NodeJS.Require, path: string): Manifest | undefined {
  try {
    return require(path) as Manifest;
  } catch {
    return undefined;
  }
}
