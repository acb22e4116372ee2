/** Finds every kind of notice that may call on-call by itself: the kinds in the files that speak of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rooms = join(import.meta.dirname, '../../../../src/lib');

export function urgentKinds(): readonly string[] {
  const texts = readdirSync(rooms, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^(alerts|discord)\//.test(file))
    .map((file) => readFileSync(join(rooms, file), 'utf8'))
    .filter((text) => text.includes('pingOnCall'));
  const kinds = texts.flatMap((text) =>
    [...text.matchAll(/\bkind(?::| =) '([a-z-]+)'/g)].map(([, kind = '']) => kind),
  );
  if (texts.length < 8 || kinds.length < texts.length)
    throw new Error('Where on-call is called was not found.');
  return [...new Set(kinds)].sort();
}
