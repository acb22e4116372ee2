/** Finds every template of a notice by itself: each exported function of `lib/alerts/wording` that answers a card. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const src = join(import.meta.dirname, '../../../../src');
const wording = join(src, 'lib/alerts/wording');

export interface Template {
  readonly file: string;
  readonly name: string;
  /** As it is written: `Told`, `Told | null`. */
  readonly answers: string;
}

/** The layout itself, and what members are told: they are given no tasks. */
const notForStaff = new Set(['told.ts', 'rolloutNews.ts', 'members.ts']);

export function templates(): readonly Template[] {
  return readdirSync(wording)
    .filter((file) => file.endsWith('.ts') && !notForStaff.has(file))
    .flatMap((file) =>
      exportedFunctions(parsed(join(wording, file)))
        .map(({ name, answers }) => ({ file, name, answers }))
        .filter(({ answers }) => /\b(Told|Card)\b/.test(answers)),
    );
}

/** Exported functions of the wording that do not say what they answer: a template could hide there. */
export function untyped(): readonly string[] {
  return readdirSync(wording).flatMap((file) =>
    exportedFunctions(parsed(join(wording, file)))
      .filter(({ answers }) => answers === '')
      .map(({ name }) => `${file}: ${name}`),
  );
}

/** Where a card is put together in a room that sends notices, `path:line` below `src`. */
export function cardsMadeElsewhere(): readonly string[] {
  const own = /^(lib\/(alerts|discord)|commands|interaction-handlers|sandbox|demo)\//;
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !own.test(file))
    .filter((file) => /\btone\b/.test(readFileSync(join(src, file), 'utf8')))
    .flatMap((file) => cardLiterals(parsed(join(src, file))).map((line) => `${file}:${line}`));
}

function parsed(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

function exportedFunctions(source: ts.SourceFile): { readonly name: string; readonly answers: string }[] {
  return source.statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement)) return [];
    const isExported = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (isExported !== true) return [];
    if (ts.isFunctionDeclaration(statement))
      return [{ name: statement.name?.text ?? '', answers: statement.type?.getText() ?? '' }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
        ? [{ name: name.getText(), answers: initializer.type?.getText() ?? '' }]
        : [],
    );
  });
}

/** Lines with an object that has both a tone and a title, and is drawn as a card therefore. */
function cardLiterals(source: ts.SourceFile): readonly number[] {
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    // What is handed to a template has a tone and a title, too.
    if (ts.isObjectLiteralExpression(node) && !ts.isCallExpression(node.parent)) {
      const names = new Set(node.properties.map((property) => property.name?.getText()));
      if (names.has('tone') && names.has('title'))
        found.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
