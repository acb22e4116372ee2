// Bundles the sandbox's page for the browser: index.html, main.js, style.css and its font, into the folder given
// (by itself: dist/esm/sandbox/page). The types are checked by `tsc -p src/sandbox/page`.
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src', 'sandbox', 'page');
const target = process.argv[2] ?? join(root, 'dist', 'esm', 'sandbox', 'page');

await mkdir(target, { recursive: true });
await build({
  entryPoints: ['main.ts', 'style.css'].map((file) => join(source, file)),
  outdir: target,
  bundle: true,
  minify: true,
  sourcemap: true,
  format: 'esm',
  target: 'es2022',
  loader: { '.woff2': 'file' },
  assetNames: '[name]',
  tsconfig: join(source, 'tsconfig.json'),
  logLevel: 'warning',
});
await cp(join(source, 'index.html'), join(target, 'index.html'));
