import type { Interaction } from 'discord.js';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import type { PageEvent, PageRequests, PageServerMessage } from '../../src/sandbox/pageApi.js';
import { connect, type Connected } from './connect.js';

/** The page's end of the socket, without a page. */
class Page {
  public readonly events: PageEvent[] = [];
  private readonly waiting = new Map<number, (reply: PageServerMessage & { type: 'reply' }) => void>();
  private asked = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as PageServerMessage;
      if (message.type === 'reply') this.waiting.get(message.id)?.(message);
      else this.events.push(message);
    });
  }

  public static async open(url: string, headers: Record<string, string> = {}): Promise<Page> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/page`, { headers });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Page(socket);
  }

  public async ask<Type extends keyof PageRequests>(
    type: Type,
    ask: PageRequests[Type]['ask'],
  ): Promise<PageRequests[Type]['reply']> {
    const id = ++this.asked;
    const reply = await new Promise<PageServerMessage & { type: 'reply' }>((resolve) => {
      this.waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ id, type, ...ask }));
    });
    if (!reply.ok) throw new Error(reply.error);
    return reply.result as PageRequests[Type]['reply'];
  }

  public close(): void {
    this.socket.close();
  }
}

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete())
    return interaction.respond([{ name: 'full', value: interaction.options.getFocused() }]);
  if (interaction.isButton()) {
    return interaction.showModal({
      ...{ customId: 'm', title: 'Why?' },
      components: [{ type: 1, components: [{ type: 4, customId: 'why', label: 'Reason', style: 1 }] }],
    });
  }
  if (interaction.isModalSubmit()) return interaction.reply(interaction.fields.getTextInputValue('why'));
  if (!interaction.isChatInputCommand()) return undefined;
  await interaction.deferReply({ flags: 64 });
  const button = { type: 2 as const, style: 1 as const, label: 'Ask', customId: 'ask' };
  return interaction.editReply({ content: 'secret', components: [{ type: 1, components: [button] }] });
}

let sandbox: Sandbox;
let bot: Connected;
let page: Page;
let channelId: string;

beforeAll(async () => {
  sandbox = await startSandbox({ guilds: 6 });
  bot = await connect(sandbox, answer);
  channelId = sandbox.world.channel('general').id;
  const option = { type: 3 as const, name: 'name', description: 'x', autocomplete: true };
  await bot.client.application.commands.set([{ name: 'go', description: 'Goes', options: [option] }]);
});

afterAll(async () => {
  await bot.close();
  await sandbox.close();
});

beforeEach(async () => (page = await Page.open(sandbox.url)));
afterEach(() => page.close());

test('the snapshot holds what this person sees, and nothing else', async () => {
  const channels = async (user: string) =>
    (await page.ask('view', { user })).guilds.map(({ name, channels: all }) => [
      name,
      all.map((one) => one.name),
    ]);
  expect(await channels('guest')).toEqual([['Rollout HQ', ['general']]]);
  expect((await channels('admin'))[0]).toEqual([
    'Rollout HQ',
    ['general', 'operations', 'dev-team', 'management'],
  ]);
  expect(await channels('beta1_manager')).toEqual([['beta_server_1', ['general', 'announcements']]]);
  await expect(channels('nobody')).rejects.toThrow('no person "nobody"');
});

test('a command goes from completion over "thinking" to its answer, which others do not get', async () => {
  const other = await Page.open(sandbox.url);
  await other.ask('view', { user: 'staff' });
  await page.ask('view', { user: 'admin' });
  expect((await page.ask('commands', { channelId })).map(({ name }) => name)).toEqual(['go']);
  const typed = { channelId, command: 'go', options: { name: 'fu' } };
  expect(await page.ask('autocomplete', { ...typed, focused: 'name' })).toEqual([
    { name: 'full', value: 'fu' },
  ]);
  const first = await page.ask('slash', typed);
  expect(first).toMatchObject({ kind: 'message', message: { ephemeral: true, answers: { command: 'go' } } });
  const shown = () =>
    page.events.flatMap((one) =>
      one.type === 'message' ? [[one.message.thinking, one.message.content]] : [],
    );
  await expect.poll(shown).toEqual([
    [true, ''],
    [false, 'secret'],
  ]);
  await other.ask('messages', { channelId });
  expect(other.events).toEqual([]);
  other.close();
});

test('a button opens a modal, whose text becomes a message', async () => {
  await page.ask('view', { user: 'admin' });
  await page.ask('slash', { channelId, command: 'go', options: {} });
  await expect.poll(() => page.events.filter(({ type }) => type === 'message')).toHaveLength(2);
  const message = (await page.ask('messages', { channelId })).at(-1);
  const opened = await page.ask('click', { messageId: message?.id ?? '', customId: 'ask' });
  if (opened.kind !== 'modal') throw new Error('A modal was due.');
  const sent = await page.ask('submit', {
    interactionId: opened.modal.interactionId,
    fields: { why: 'because' },
  });
  expect(sent).toMatchObject({ kind: 'message', message: { content: 'because' } });
  await page.ask('dismiss', { messageId: message?.id ?? '' });
  expect((await page.ask('messages', { channelId })).map(({ id }) => id)).not.toContain(message?.id);
});

test('a change of channels draws a new snapshot', async () => {
  await page.ask('view', { user: 'admin' });
  sandbox.renameChannel('dev-team', 'developers');
  await expect.poll(() => page.events.map(({ type }) => type)).toEqual(['snapshot']);
  sandbox.renameChannel('developers', 'dev-team');
});

test('a page of another site is not let in', async () => {
  await expect(Page.open(sandbox.url, { origin: 'https://evil.example' })).rejects.toThrow();
  await expect(Page.open(sandbox.url, { host: 'evil.example' })).rejects.toThrow();
});

test('what goes wrong is told, and the socket stays', async () => {
  await expect(page.ask('commands', { channelId })).rejects.toThrow('through whose eyes');
  await page.ask('view', { user: 'guest' });
  await expect(
    page.ask('say', { channelId: sandbox.world.channel('operations').id, content: 'x' }),
  ).rejects.toThrow('does not see');
  expect(await page.ask('say', { channelId, content: 'hello' })).toMatchObject({ content: 'hello' });
});
