/** Two migrations that no release has: what the mechanism is tried with. */
import type { StateMigration } from '../../../../../src/lib/deployments/migrations/state/StateMigration.js';

export const migrations: readonly StateMigration[] = [
  {
    id: 1,
    title: 'a name becomes two',
    ns: 'cohorts',
    from: 1,
    up: ({ name, ...rest }) => {
      if (typeof name !== 'string') throw new Error('the name is no text');
      const [first = '', last = ''] = name.split(' ');
      return { ...rest, first, last };
    },
    down: ({ first, last, ...rest }) => ({ ...rest, name: `${textOf(first)} ${textOf(last)}` }),
  },
  {
    id: 2,
    title: 'a greeting is kept',
    ns: 'cohorts',
    isOf: (key) => key.startsWith('c'),
    from: 2,
    up: (body) => ({ ...body, greeting: `Hello ${textOf(body['first'])}` }),
    down: ({ greeting: _greeting, ...rest }) => rest,
  },
];

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
