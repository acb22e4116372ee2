import { REST, Routes, type DiscordAPIError } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';

let sandbox: Sandbox;
let rest: REST;

beforeAll(async () => {
  sandbox = await startSandbox({ guilds: 4 });
  rest = new REST({ api: sandbox.apiUrl }).setToken(sandbox.botToken);
});

afterAll(() => sandbox.close());

/** What Discord says: its code and the paths that it names. */
async function complaint(request: Promise<unknown>): Promise<string> {
  const error = (await request.then(
    () => ({ code: 'accepted', rawError: {} }),
    (thrown: unknown) => thrown,
  )) as Pick<DiscordAPIError, 'code' | 'rawError'>;
  const errors = 'errors' in error.rawError ? error.rawError.errors : undefined;
  return [error.code, ...pathsOf(errors)].join(' ');
}

function pathsOf(node: unknown, path: readonly string[] = []): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '_errors' ? [path.join('.')] : pathsOf(value, [...path, key]),
  );
}

const x = (length: number): string => 'x'.repeat(length);
const button = (facts: object = {}) => ({ type: 2, style: 1, label: 'L', custom_id: 'id', ...facts });
const row = (...components: object[]) => ({ type: 1, components });
const v2 = 1 << 15;

describe('a message is refused', () => {
  const cases: [string, object, string][] = [
    ['with nothing in it', { content: ' ' }, '50006'],
    ['with more than 2000 characters', { content: x(2001) }, '50035 content'],
    ['with an unknown field', { content: 'x', allowedMentions: {} }, '50035 allowedMentions'],
    [
      'with embeds of more than 6000 characters together',
      { embeds: [1, 2].map(() => ({ description: x(3001) })) },
      '50035 embeds',
    ],
    ['with a title over 256', { embeds: [{ title: x(257) }] }, '50035 embeds.0.title'],
    [
      'with an empty field value',
      { embeds: [{ fields: [{ name: 'n', value: '' }] }] },
      '50035 embeds.0.fields.0.value',
    ],
    ['with an embed without anything', { embeds: [{}] }, '50035 embeds.0'],
    ['with eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, '50035 embeds'],
    [
      'with six rows',
      { content: 'x', components: Array.from({ length: 6 }, (_, n) => row(button({ custom_id: `${n}` }))) },
      '50035 components',
    ],
    [
      'with six buttons in a row',
      {
        content: 'x',
        components: [row(...Array.from({ length: 6 }, (_, n) => button({ custom_id: `${n}` })))],
      },
      '50035 components.0.components',
    ],
    [
      'with a custom id twice',
      { content: 'x', components: [row(button(), button())] },
      '50035 components.0.components.1.custom_id',
    ],
    [
      'with a button without custom id',
      { content: 'x', components: [row(button({ custom_id: undefined }))] },
      '50035 components.0.components.0.custom_id',
    ],
    [
      'with a link that has a custom id',
      { content: 'x', components: [row(button({ style: 5, url: 'https://x.y' }))] },
      '50035 components.0.components.0.custom_id',
    ],
    [
      'with a label over 80',
      { content: 'x', components: [row(button({ label: x(81) }))] },
      '50035 components.0.components.0.label',
    ],
    [
      'with V2 components without the flag',
      { components: [{ type: 10, content: 'x' }] },
      '50035 components.0.type',
    ],
    [
      'with the V2 flag and content',
      { content: 'x', flags: v2, components: [{ type: 10, content: 'x' }] },
      '50035 content',
    ],
    [
      'with more than 4000 characters of V2 text',
      { flags: v2, components: [1, 2].map(() => ({ type: 10, content: x(2001) })) },
      '50035 components',
    ],
    ['with a nonce over 25 characters', { content: 'x', nonce: x(26) }, '50035 nonce'],
    [
      'that parses users and lists them',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['123456789012345678'] } },
      '50035 allowed_mentions',
    ],
    ['that wants to be ephemeral by itself', { content: 'x', flags: 64 }, '50035 flags'],
  ];
  test.each(cases)('%s', async (_, body, expected) => {
    const operations = sandbox.world.channel('operations').id;
    expect(await complaint(rest.post(Routes.channelMessages(operations), { body }))).toContain(expected);
  });
});

describe('an edit', () => {
  test('keeps what it does not name, and may not end up empty', async () => {
    const operations = sandbox.world.channel('operations').id;
    const sent = (await rest.post(Routes.channelMessages(operations), { body: { content: 'x' } })) as {
      id: string;
    };
    const edit = (body: object) =>
      complaint(rest.patch(Routes.channelMessage(operations, sent.id), { body }));
    expect(await edit({ embeds: [{ title: 'T' }] })).toBe('accepted');
    const [seen] = (await sandbox.as('admin').in('operations').messages()).slice(-1);
    expect(seen?.text).toBe('x\nT');
    expect(await edit({ content: '', embeds: [] })).toBe('50006');
    expect(await edit({ content: x(2001) })).toBe('50035 content');
  });
});

describe('a command is refused', () => {
  const text = (facts: object = {}) => ({ type: 3, name: 'o', description: 'd', ...facts });
  const cases: [string, object, string][] = [
    ['with an upper-case name', { name: 'Ping' }, '50035 name'],
    ['with a space in its name', { name: 'pi ng' }, '50035 name'],
    ['without a description', { description: '' }, '50035 description'],
    ['with an upper-case option', { options: [text({ name: 'Option' })] }, '50035 options.0.name'],
    [
      'with an option without description',
      { options: [text({ description: '' })] },
      '50035 options.0.description',
    ],
    [
      'with a required option after an optional one',
      { options: [text(), text({ name: 'p', required: true })] },
      '50035 options.1',
    ],
    [
      'with choices and autocomplete',
      { options: [text({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] },
      '50035 options.0.autocomplete',
    ],
    ['with an option twice', { options: [text(), text()] }, '50035 options.1.name'],
    [
      'with 26 options',
      { options: Array.from({ length: 26 }, (_, n) => text({ name: `o${n}` })) },
      '50035 options',
    ],
    [
      'with subcommands beside options',
      { options: [text(), { type: 1, name: 's', description: 'd' }] },
      '50035 options',
    ],
    ['with an unknown field', { dmPermission: false }, '50035 dmPermission'],
    [
      'with more than 8000 characters',
      {
        options: Array.from({ length: 25 }, (_, n) =>
          text({
            name: `o${n}`,
            choices: Array.from({ length: 4 }, (_c, m) => ({ name: `${m}${x(90)}`, value: 'v' })),
          }),
        ),
      },
      '50035 ',
    ],
  ];
  test.each(cases)('%s', async (_, facts, expected) => {
    const body = { name: 'ping', description: 'Answers', ...facts };
    expect(await complaint(rest.post(Routes.applicationCommands(sandbox.world.bot.id), { body }))).toContain(
      expected,
    );
  });

  test('when its name is in the set twice, or as the 101st', async () => {
    const route = Routes.applicationCommands(sandbox.world.bot.id);
    const command = (n: number) => ({ name: `c${n}`, description: 'd' });
    expect(await complaint(rest.put(route, { body: [command(1), command(1)] }))).toBe('50035 1.name');
    const all = Array.from({ length: 101 }, (_, n) => command(n));
    expect(await complaint(rest.put(route, { body: all }))).toBe('30032');
    expect(await complaint(rest.put(route, { body: all.slice(1) }))).toBe('accepted');
    expect(await complaint(rest.post(route, { body: command(0) }))).toBe('30032');
    expect(await complaint(rest.post(route, { body: { ...command(1), description: 'new' } }))).toBe(
      'accepted',
    );
  });
});
