/** What a change moves, in words for people. */
import { count } from '../../core/count.js';
import type { Json } from '../../core/Json.js';
import type { Difference } from '../results.js';
import { day, listed, percent } from '../words.js';
import type { FieldChange } from './fields.js';
import { guildName, type Planning } from './Plan.js';

type Naming = Pick<Planning, 'guilds' | 'now'>;
type Wording = (value: Json, naming: Naming) => string;

const text: Wording = (value) => (typeof value === 'string' && value !== '' ? value : 'none');
const overrides: Readonly<Record<string, string>> = { allow: 'allowed', deny: 'denied' };
const override: Wording = (value) =>
  overrides[word(value, 'is') ?? word(value, 'override') ?? ''] ?? 'no override';
const presence =
  (present: string, absent: string): Wording =>
  (value) =>
    value === null ? absent : present;
const optOut: Wording = (value) => (value === 'always' ? 'always' : 'until the release');
const date: Wording = (value, { now }) => (typeof value === 'number' ? day(value, now) : 'never');

const ofFlag: Readonly<Record<string, readonly [what: string, wording: Wording]>> = {
  description: ['description', text],
  kind: ['kind', text],
  owner: ['owner', text],
  beta: ['beta', text],
  optOut: ['keeping off', optOut],
  enabled: ['state', (value) => (value === true ? 'enabled' : 'disabled')],
  basisPoints: ['percentage', (value) => percent(Number(value))],
  seed: ['seed', (value) => (typeof value === 'string' ? value : 'its own name')],
  killed: ['kill switch', presence('killed', 'not killed')],
  archived: ['archive', presence('archived', 'not archived')],
  requires: [
    'requires',
    (value) => (Array.isArray(value) && value.length > 0 ? listed(value.map(String)) : 'nothing'),
  ],
  ceiling: ['rollback', presence('in progress', 'none')],
  rollout: ['rollout', presence('running', 'none')],
  expiresAt: ['expires', date],
};

const ofEntry: Readonly<Record<string, readonly [what: string, wording: Wording]>> = {
  override: ['', override],
  joined: ['beta', presence('asked to join', 'not asked')],
  answer: ['answer', (value) => word(value, 'is') ?? 'none'],
  keepOff: ['keep off', presence('yes', 'no')],
};

export function differences(fields: readonly FieldChange[], naming: Naming): readonly Difference[] {
  return fields.map((field) => {
    const [what, wording] = wordingOf(field, naming);
    return { what, before: wording(field.before, naming), after: wording(field.after, naming) };
  });
}

function wordingOf(field: FieldChange, naming: Naming): readonly [string, Wording] {
  const { ns, key, path } = field;
  const [first = '', second = '', third = ''] = path;
  switch (ns) {
    case 'flags':
      if (path.length === 0) return ['flag', wholeFlag];
      if (first === 'cohorts') return [`cohort ${second}`, override];
      return ofFlag[first] ?? [first, plain];
    case 'guilds': {
      const name = guildName(naming, key);
      if (first === 'channelId') return [`channel for news in ${name}`, presence('chosen', 'none')];
      const [what, wording] = ofEntry[third] ?? [third, plain];
      return [[what, `${second} in ${name}`].filter((part) => part !== '').join(' of '), wording];
    }
    case 'cohorts':
      if (path.length === 0) return [`cohort ${key}`, wholeCohort];
      if (first === 'guilds') return [guildName(naming, second), presence(`in ${key}`, `not in ${key}`)];
      return [first, text];
    case 'settings':
      return ['everything', presence('off', 'by its own settings')];
  }
}

const plain: Wording = (value) => (value === null ? 'none' : JSON.stringify(value));

const wholeFlag: Wording = (value) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'none';
  const { enabled, basisPoints } = value as { readonly enabled?: Json; readonly basisPoints?: Json };
  return `${enabled === true ? 'enabled' : 'disabled'} at ${percent(Number(basisPoints))}`;
};

const wholeCohort: Wording = (value) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'none';
  const { guilds } = value as { readonly guilds?: Json };
  return count(Array.isArray(guilds) ? guilds.length : 0, 'guild');
};

function word(value: Json, name: string): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const found = (value as Readonly<Record<string, Json>>)[name];
  return typeof found === 'string' ? found : undefined;
}
