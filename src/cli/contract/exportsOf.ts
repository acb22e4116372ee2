/** The names that a package exports, from its types: nothing of it is run, for a bot would log in. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type ts from 'typescript';
import { RolloutError } from '../../lib/core/RolloutError.js';
import type { Contract } from '../../lib/deployments/contract/Contract.js';
import { readText } from '../readText.js';

export class NoTypeScript extends RolloutError {
  public readonly code = 'NO_TYPESCRIPT';
}

/** Types of a package that were not built. */
export class NoTypes extends RolloutError {
  public readonly code = 'NO_TYPES';
}

type Exports = Contract['exports'];

/**
 * @param packageFile path of its package.json
 * @returns nothing for entry points without types
 * @throws {NoTypeScript} {@link NoTypes}
 */
export async function exportsOf(packageFile: string): Promise<Exports> {
  const entries = entriesOf(JSON.parse(await readText(packageFile)));
  const files = Object.entries(entries).map(
    ([entry, file]) => [entry, resolve(dirname(packageFile), file)] as const,
  );
  const missing = files.find(([, file]) => !existsSync(file));
  if (missing !== undefined)
    throw new NoTypes(`${missing[1]} does not exist, so that nobody knows what ${missing[0]} exports.`, {
      next: 'Build the package first.',
    });
  return files.length === 0 ? {} : namesIn(new Map(files));
}

/** @param files by entry point: `.d.ts` or `.ts` */
export async function namesIn(files: ReadonlyMap<string, string>): Promise<Exports> {
  const compiler = await loadTypeScript();
  const options: ts.CompilerOptions = {
    ...{ noLib: true, skipLibCheck: true, types: [], noEmit: true },
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    target: compiler.ScriptTarget.ES2022,
  };
  const host = compiler.createCompilerHost(options);
  // Only what belongs to the package: following its dependencies would read thousands of files for no name more.
  host.resolveModuleNameLiterals = (literals, file) =>
    literals.map(({ text }) => ({
      resolvedModule: text.startsWith('.')
        ? compiler.resolveModuleName(text, file, options, host).resolvedModule
        : undefined,
    }));
  const program = compiler.createProgram([...files.values()], options, host);
  const checker = program.getTypeChecker();
  const exports: Record<string, Record<string, 'value' | 'type'>> = {};
  for (const [entry, file] of files) {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    const names = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
    exports[entry] = Object.fromEntries(
      names
        .map((name) => [name.name, kindOf(compiler, checker, name)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
  return exports;
}

function kindOf(compiler: typeof ts, checker: ts.TypeChecker, symbol: ts.Symbol): 'value' | 'type' {
  const isTypeOnly =
    symbol.declarations?.some((one) => compiler.isExportSpecifier(one) && isMarkedType(one)) ?? false;
  if (isTypeOnly) return 'type';
  const isAlias = (symbol.flags & compiler.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & compiler.SymbolFlags.Value) !== 0 ? 'value' : 'type';
}

function isMarkedType(specifier: ts.ExportSpecifier): boolean {
  return specifier.isTypeOnly || specifier.parent.parent.isTypeOnly;
}

async function loadTypeScript(): Promise<typeof ts> {
  try {
    return (await import('typescript')).default;
  } catch (cause) {
    throw new NoTypeScript('TypeScript is not installed, which reads what the package exports.', {
      next: 'npm install --save-dev typescript, or leave the exports out with --no-exports.',
      cause,
    });
  }
}

/** Conditions may be nested; the first types that are named count. */
function entriesOf(value: unknown): Readonly<Record<string, string>> {
  const { exports: map, types, typings } = Object(value) as Readonly<Record<string, unknown>>;
  const entries: Record<string, string> = {};
  if (map !== null && typeof map === 'object' && Object.keys(map).some((key) => key.startsWith('.'))) {
    for (const [entry, target] of Object.entries(map)) {
      const file = typesIn(target);
      if (file !== undefined) entries[entry] = file;
    }
    return entries;
  }
  const file = typesIn(map) ?? (typeof types === 'string' ? types : typings);
  return typeof file === 'string' ? { '.': join('.', file) } : {};
}

function typesIn(target: unknown): string | undefined {
  if (target === null || typeof target !== 'object') return undefined;
  const conditions = target as Readonly<Record<string, unknown>>;
  if (typeof conditions['types'] === 'string') return conditions['types'];
  return Object.values(conditions)
    .map(typesIn)
    .find((file) => file !== undefined);
}
