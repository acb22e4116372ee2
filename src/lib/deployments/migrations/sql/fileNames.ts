/** How a migration's files are called: `7_names.sql` and, beside it, `7_names.down.sql`. */

/** `7_names.sql`, `7_names.up.sql` -> `7_names.down.sql`; whatever folder stands before it stays. */
export const rollbackOf = (up: string): string => up.replace(/(\.up)?(\.sql)?$/i, '.down.sql');

/** A plain name that ends in .sql: never a path, never a hidden file. */
export const isMigration = (name: string): boolean =>
  /^\w[\w.-]{0,90}\.sql$/i.test(name) && !/\.down\.sql$/i.test(name);

/** As people number them: 2 before 10. */
export const inOrder = (one: string, other: string): number =>
  one.localeCompare(other, 'en', { numeric: true });
