/**
 * Builds `dist/`: every source file transpiled by itself to ESM and to CommonJS, the types, the files that stand beside the
 * sources, and the sandbox's page. The new `dist/` takes the old one's place only when all of it succeeded.
 *
 * `--no-types` leaves the types out, and with them the type check: for a quick look while working.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');
const typesCache = join(root, '.cache', 'types');
const fresh = join(root, '.cache', `dist-${process.pid}`);

/** Bundled for the browser by a script of its own. */
const isPage = (file) => file.startsWith('sandbox/page/');
/** Programs, not parts of the package's interface: built as ESM only. */
const isProgram = (file) => /^(bot|cli|demo|sandbox)(\.ts|\/)|^setup\//.test(file);

async function main() {
  const begun = Date.now();
  const files = (await filesIn(source)).filter((file) => !isPage(file));
  const code = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const withTypes = !process.argv.includes('--no-types');
  await mkdir(fresh, { recursive: true });
  const emitted = withTypes ? emitTypes() : undefined;
  await allOrFirstFailure([
    emitted,
    transpileToEsm(code),
    transpileToCjs(code.filter((file) => !isProgram(file))),
    copyAssets(files.filter((file) => !file.endsWith('.ts'))),
    run('The page does not build.', [
      join('scripts', 'build-page.mjs'),
      join(fresh, 'esm', 'sandbox', 'page'),
    ]),
  ]);
  if (withTypes) await copyTypes(code);
  await takePlace();
  console.log(`dist/ is built in ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
}

/** Paths relative to `folder`, with `/`. */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Waits for all, so that nothing goes on writing after the clean-up. */
async function allOrFirstFailure(jobs) {
  const failed = (await Promise.allSettled(jobs)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

function transpile(format, files, options = {}) {
  return build({
    entryPoints: files.map((file) => join(source, file)),
    outbase: source,
    outdir: join(fresh, format),
    format,
    platform: 'node',
    target: 'node20',
    bundle: false,
    logLevel: 'error',
    ...options,
  });
}

async function transpileToEsm(files) {
  await transpile('esm', files);
  await writeFile(join(fresh, 'esm', 'package.json'), '{ "type": "module" }\n');
  for (const file of files) {
    const output = join(fresh, 'esm', file.replace(/\.ts$/, '.js'));
    if ((await readFile(output, 'utf8')).startsWith('#!')) await chmod(output, 0o755);
  }
}

async function transpileToCjs(files) {
  const sources = await Promise.all(files.map((file) => readFile(join(source, file), 'utf8')));
  const knowsItsUrl = (_, index) => sources[index].includes('import.meta.url');
  await transpile(
    'cjs',
    files.filter((...file) => !knowsItsUrl(...file)),
  );
  await transpile('cjs', files.filter(knowsItsUrl), {
    define: { 'import.meta.url': '__moduleUrl' },
    banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  await writeFile(join(fresh, 'cjs', 'package.json'), '{ "type": "commonjs" }\n');
}

async function copyAssets(files) {
  for (const file of files) {
    await cp(join(source, file), join(fresh, 'esm', file));
    if (!isProgram(file)) await cp(join(source, file), join(fresh, 'cjs', file));
  }
}

/** Incremental: an unchanged source's declaration stays in the cache from the last time. */
function emitTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const memory = join(typesCache, 'tsconfig.tsbuildinfo');
  return run('The types do not fit.', [
    tsc,
    '-p',
    'tsconfig.build.json',
    '--outDir',
    typesCache,
    '--incremental',
    '--tsBuildInfoFile',
    memory,
  ]);
}

async function copyTypes(files) {
  for (const file of files) {
    const declaration = file.replace(/\.ts$/, '.d.ts');
    await cp(join(typesCache, declaration), join(fresh, 'esm', declaration));
    if (!isProgram(file)) await cp(join(typesCache, declaration), join(fresh, 'cjs', declaration));
  }
}

function run(complaint, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(complaint))));
  });
}

/** A bot that runs from the old `dist/` meets it gone for no longer than two renames take. */
async function takePlace() {
  const old = join(root, '.cache', `old-${process.pid}`);
  const dist = join(root, 'dist');
  if (existsSync(dist)) await rename(dist, old);
  await rename(fresh, dist);
  await rm(old, { recursive: true, force: true });
}

try {
  await main();
} catch (error) {
  console.error(
    `The build failed, and dist/ is as it was. ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 1;
} finally {
  await rm(fresh, { recursive: true, force: true });
}
