import { ComponentType, MessageFlags, type Client } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { startTinyBot } from '../../browser/support/tinyBot.js';

/** The smallest PNG header that says its size. */
function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(24);
  Buffer.from('89504e470d0a1a0a', 'hex').copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

let sandbox: Sandbox;
let bot: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, guilds: 4 });
  bot = await startTinyBot(sandbox.apiUrl, sandbox.botToken);
});

afterAll(async () => {
  await bot?.destroy();
  await sandbox?.close();
});

async function operations() {
  const channel = await bot.channels.fetch(sandbox.world.channel('operations').id);
  if (!channel?.isSendable()) throw new Error('The bot may not write to #operations.');
  return channel;
}

const gallery = (name: string, description: string) => ({
  type: ComponentType.MediaGallery as const,
  items: [{ media: { url: `attachment://${name}` }, description }],
});

async function shown(): Promise<{ url: string; width?: number; text: string; files: number }> {
  const last = (await sandbox.as('admin').in('operations').messages()).at(-1);
  const first = last?.components[0];
  if (!last || first?.type !== ComponentType.MediaGallery) throw new Error('There is no gallery.');
  const { url, width } = first.items[0]?.media ?? { url: '' };
  return {
    url,
    ...(typeof width === 'number' ? { width } : {}),
    text: last.text,
    files: last.attachments.length,
  };
}

test('a gallery shows the file that was sent along, and its words can be read', async () => {
  const channel = await operations();
  await channel.send({
    flags: MessageFlags.IsComponentsV2,
    components: [gallery('chart.png', 'Errors ran 2.1x')],
    files: [{ attachment: png(640, 320), name: 'chart.png' }],
  });
  const { url, width, text } = await shown();
  expect(width).toBe(640);
  expect(text).toContain('Errors ran 2.1x');
  const file = await fetch(url);
  expect(file.headers.get('content-type')).toBe('image/png');
  expect((await file.arrayBuffer()).byteLength).toBe(24);
});

test('an edit puts a new file in the place of the old one, which is gone', async () => {
  const channel = await operations();
  const message = await channel.send({
    flags: MessageFlags.IsComponentsV2,
    components: [gallery('chart.png', 'first')],
    files: [{ attachment: png(1, 1), name: 'chart.png' }],
  });
  const before = await shown();
  await message.edit({
    components: [gallery('chart.png', 'second')],
    files: [{ attachment: png(2, 2), name: 'chart.png' }],
  });
  const after = await shown();
  expect(after).toMatchObject({ width: 2, files: 1 });
  expect(after.url).not.toBe(before.url);
  expect((await fetch(before.url)).status).toBe(404);
});

test('a component that names a file which is not there is refused', async () => {
  const channel = await operations();
  const sent = channel.send({
    flags: MessageFlags.IsComponentsV2,
    components: [gallery('nothing.png', 'x')],
  });
  await expect(sent).rejects.toThrow(/components\[0\]\.items\[0\]\.media\.url.*nothing\.png/s);
});

test('an embed shows the file that was sent along', async () => {
  const channel = await operations();
  await channel.send({
    embeds: [{ title: 'Chart', image: { url: 'attachment://chart.png' } }],
    files: [{ attachment: png(3, 3), name: 'chart.png' }],
  });
  const last = (await sandbox.as('admin').in('operations').messages()).at(-1);
  expect((await fetch(last?.embeds[0]?.image?.url ?? '')).status).toBe(200);
});
