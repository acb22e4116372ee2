/** `npm ci` builds the project by itself, where the tools to build it were installed. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { resolve } = createRequire(import.meta.url);

function hasTools() {
  try {
    return Boolean(resolve('esbuild') && resolve('typescript'));
  } catch {
    return false;
  }
}

if (hasTools()) {
  const script = fileURLToPath(new URL('build.mjs', import.meta.url));
  process.exitCode = spawnSync(process.execPath, [script], { stdio: 'inherit' }).status ?? 1;
} else {
  console.log(
    'Nothing is built here, for the development dependencies are left out: a dist/ built elsewhere is used.',
  );
}
