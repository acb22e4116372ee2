/** PostgreSQL's own grammar over a script: its statements one by one, each with its line. */
import type * as Parser from 'libpg-query';
import { ScriptFailed, ValidatorIncomplete } from '../errors.js';

/** A node of PostgreSQL's parse tree: what it holds depends on its kind. */
export type Node = Readonly<Record<string, unknown>>;

export interface Statement {
  /** Without the semicolon. */
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
  /** The parse tree's name of it: `AlterTableStmt`. */
  readonly kind: string;
  readonly node: Node;
}

export interface Script {
  /** As people know it, for messages. */
  readonly file: string;
  readonly statements: readonly Statement[];
}

/**
 * @throws {ScriptFailed} with file, line and column where it is no SQL, or says nothing. {@link ValidatorIncomplete}
 */
export async function parseScript(sql: string, file: string): Promise<Script> {
  const parser = await loadParser();
  let parsed: Node;
  try {
    parsed = asNode(await parser.parse(sql));
  } catch (error) {
    throw syntaxError(sql, file, error);
  }
  const bytes = Buffer.from(sql, 'utf8');
  const statements = asNodes(parsed['stmts']).map((raw) => statementOf(raw, bytes));
  if (statements.length === 0)
    throw new ScriptFailed(`${file} holds no statement.`, { next: 'Write at least one into it.' });
  return { file, statements };
}

export function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

export function asNodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.map(asNode) : [];
}

async function loadParser(): Promise<typeof Parser> {
  try {
    return await import('libpg-query');
  } catch (error) {
    throw new ValidatorIncomplete('The SQL parser is not installed.', {
      next: 'npm install --save-dev libpg-query@^18.1, then try again.',
      cause: error,
    });
  }
}

/** The parser counts in bytes, and begins a statement right after the semicolon before it. */
function statementOf(raw: Node, bytes: Buffer): Statement {
  const from = Number(raw['stmt_location'] ?? 0);
  const length = Number(raw['stmt_len'] ?? 0);
  const text = bytes.subarray(from, length === 0 ? undefined : from + length).toString('utf8');
  const blank = /^(\s+|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0] ?? '';
  const [[kind, node] = ['Nothing', {}]] = Object.entries(asNode(raw['stmt']));
  const before = bytes.subarray(0, from).toString('utf8') + blank;
  return { text: text.trim(), line: before.split('\n').length, kind, node: asNode(node) };
}

function syntaxError(sql: string, file: string, error: unknown): ScriptFailed {
  const details = asNode(asNode(error)['sqlDetails']);
  const message = error instanceof Error ? error.message : String(error);
  const position = details['cursorPosition'];
  const before =
    typeof position === 'number' && position >= 0 ? sql.slice(0, position).split('\n') : undefined;
  const where = before === undefined ? '' : `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  return new ScriptFailed(`${file}${where}: ${message}.`, {
    next: 'Correct it there; it is checked by the grammar of PostgreSQL.',
    cause: error,
  });
}
