/** What a query of a plan leaves open. */
import type { Arm } from '../judging/units.js';
import type { Span } from './MetricSource.js';

/** The variables that a query may name; others stay as they are, since `$` also ends a regular expression. */
export function fillIn(
  query: string,
  { flag, span, arm }: { readonly flag: string; readonly span: Span; readonly arm?: Arm },
): string {
  const seconds = Math.max(1, Math.round((span.to - span.from) / 1000));
  const values: Readonly<Record<string, string | undefined>> = { flag, arm, window: `${seconds}s` };
  return query.replace(
    /\$(arm|flag|window)\b/g,
    (variable, name: string) => values[name]?.replace(/["'`\\\n]/g, '\\$&') ?? variable,
  );
}
