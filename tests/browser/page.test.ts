import {
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  MessageFlags,
  SectionBuilder,
  type Client,
} from 'discord.js';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import type { BotOrders } from '../../src/sandbox/simulation/BotOrders.js';
import { findChromium, startBrowser } from './support/chromium.js';
import { Person } from './support/Person.js';
import { startTinyBot } from './support/tinyBot.js';

/** One grey pixel. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

const chromium = findChromium();

describe.skipIf(chromium === undefined)("the sandbox's page", () => {
  let pageDir: string;
  let sandbox: Sandbox;
  let bot: Client;
  let browser: Browser;
  const people: Person[] = [];

  beforeAll(async () => {
    pageDir = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
    await promisify(execFile)(process.execPath, ['scripts/build-page.mjs', pageDir]);
    sandbox = await startSandbox({ port: 0, guilds: 6, pageDir });
    bot = await startTinyBot(sandbox.apiUrl, sandbox.botToken);
    browser = await startBrowser(chromium ?? '');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await bot?.destroy();
    await sandbox?.close();
    await rm(pageDir, { recursive: true, force: true });
  });

  afterEach(async () => {
    const failures = people.flatMap((person) => person.failures);
    await Promise.all(people.splice(0).map((person) => person.leave()));
    expect(failures, 'errors in the page').toEqual([]);
  });

  async function open(user: string, channel = 'general'): Promise<Person> {
    const person = await Person.open(browser, sandbox.url, `${user}/${sandbox.world.channel(channel).id}`);
    people.push(person);
    return person;
  }

  it('lists servers and channels, and says that the page looks through whose eyes', async () => {
    const admin = await open('admin');
    await admin.page.getByRole('navigation', { name: 'Servers' }).getByLabel('Rollout HQ').waitFor();
    await admin.page.getByRole('navigation', { name: 'Channels' }).getByText('operations').click();
    await admin.page.getByRole('heading', { name: 'operations', exact: true }).waitFor();
    expect(await admin.page.getByRole('combobox', { name: 'View as' }).inputValue()).toBe('admin');
  });

  it('says so where the address names nobody, and offers somebody', async () => {
    const admin = await open('admin');
    await admin.page.goto('about:blank');
    await admin.page.goto(`${sandbox.url}/#/nobody`);
    await admin.page.getByText('nobody').waitFor();
    await admin.page.getByRole('link', { name: 'Look as admin' }).click();
    await admin.input.waitFor();
  });

  it('lists the subcommands with their descriptions while a command is typed', async () => {
    const admin = await open('admin');
    await admin.input.click();
    await admin.type('/fea');
    await admin.suggestions.first().waitFor();
    const shown = (await admin.suggestions.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    expect(shown).toEqual([
      '/feature list All flags and how they stand',
      '/feature enable name Turn a flag on',
    ]);
  });

  it('sends a command at Enter; an answer for one person is marked and nobody else sees it', async () => {
    const admin = await open('admin');
    const staff = await open('staff');
    await admin.send('/feature list');
    await admin.message('new_error_handling').waitFor();
    await admin.page.getByText('Only you can see this').waitFor();
    await admin.send('a word for everybody');
    await staff.message('a word for everybody').waitFor();
    expect(await staff.message('new_error_handling').count()).toBe(0);
    await admin.page.getByRole('combobox', { name: 'View as' }).selectOption('staff');
    await vi.waitFor(async () => expect(await admin.page.title()).toBe('#general · staff'));
    await admin.message('a word for everybody').waitFor();
    expect(await admin.message('new_error_handling').count()).toBe(0);
  });

  it('asks for required options first, completes them by the bot, and sends by keys alone', async () => {
    const admin = await open('admin');
    await admin.input.focus();
    await admin.type('/feature en');
    await admin.press('Enter');
    const name = admin.page.getByRole('combobox', { name: 'name' });
    await name.waitFor();
    await admin.type('greet');
    await admin.activeSuggestion.filter({ hasText: 'new_greeting' }).waitFor();
    await admin.press('Tab');
    await admin.type('percentage:');
    await admin.page.getByRole('combobox', { name: 'percentage' }).waitFor();
    await admin.type('25');
    await admin.press('Enter');
    const sent = admin.message('new_greeting is on');
    await sent.waitFor();
    expect(await sent.innerText()).toMatch(/0 % → 25 % by\s*admin/);
    expect(await admin.input.inputValue()).toBe('');
  });

  it('says what is missing instead of sending half a command', async () => {
    const admin = await open('admin');
    await admin.input.focus();
    await admin.type('/feature enable percentage:many');
    await admin.press('Escape', 'Enter');
    await admin.page.getByRole('alert').getByText('name is required').waitFor();
    await admin.page.getByRole('combobox', { name: 'name' }).fill('x');
    await admin.press('Escape', 'Enter');
    await admin.page.getByRole('alert').getByText('percentage is a number').waitFor();
  });

  it('presses a button', async () => {
    const admin = await open('admin');
    await admin.send('/feature enable name:use_service_layer');
    await admin.press('Enter');
    const sent = admin.message('use_service_layer is on');
    await sent.getByRole('button', { name: 'Undo' }).click();
    await admin.message('Undone by admin').waitFor();
  });

  it('chooses from a select menu, by keys', async () => {
    const admin = await open('admin');
    await admin.send('/feature list');
    await admin.page.getByRole('combobox', { name: 'Choose a flag' }).last().focus();
    await admin.press('ArrowDown', 'ArrowDown', 'Enter');
    await admin.message('Chosen: new_error_handling').waitFor();
  });

  it('opens a form, sends it, and shows the answer', async () => {
    const admin = await open('admin');
    await admin.send('/feature list');
    await admin.page.getByRole('button', { name: 'Edit' }).last().click();
    const form = admin.page.getByRole('dialog', { name: 'Edit the flag' });
    await form.getByLabel('Reason').fill('because');
    await form.getByLabel('Severity').selectOption('major');
    await form.getByRole('button', { name: 'Submit' }).click();
    await admin.message('Reason given: because, major').waitFor();
    await form.waitFor({ state: 'detached' });
  });

  it('dismisses an answer for one person', async () => {
    const guest = await open('guest');
    await guest.send('/feature list');
    await guest.page.getByRole('button', { name: 'Dismiss message' }).click();
    await guest.message('new_error_handling').waitFor({ state: 'detached' });
  });

  it('shows text from people as text, whatever it looks like', async () => {
    const admin = await open('admin');
    const text = '<img src=x onerror="document.title=1"> <script>1</script>';
    await admin.send(text);
    await admin.message(text).waitFor();
    expect(await admin.messages.locator('script, .markdown img').count()).toBe(0);
  });

  it('shows direct messages and threads, and marks where something is new', async () => {
    const admin = await open('admin');
    await admin.send('/dm');
    const direct = admin.page.getByRole('link', { name: 'Direct messages' });
    await admin.page.locator('.guild.news').waitFor();
    expect(await direct.getAttribute('class')).toContain('news');
    await direct.click();
    await admin.message('For you alone').waitFor();
    expect(await admin.page.locator('.guild.news').count()).toBe(0);
    await admin.page.goBack();
    await admin.send('/thread');
    await admin.message('Here it begins').getByText('Open thread').click();
    await admin.message('In the thread').waitFor();
  });

  it('draws messages made of components', async () => {
    const admin = await open('admin', 'management');
    const channel = await bot.channels.fetch(sandbox.world.channel('management').id);
    if (!channel?.isSendable()) throw new Error('The bot may not write to #management.');
    const pause = new ButtonBuilder().setCustomId('pause').setLabel('Pause').setStyle(ButtonStyle.Danger);
    const section = new SectionBuilder()
      .addTextDisplayComponents((text) => text.setContent('Phase **2** of 5'))
      .setButtonAccessory(pause);
    const card = new ContainerBuilder()
      .addTextDisplayComponents((text) => text.setContent('## Rollout card'))
      .addSeparatorComponents((separator) => separator)
      .addSectionComponents(section);
    await channel.send({ flags: MessageFlags.IsComponentsV2, components: [card] });
    const shown = admin.message('Phase 2 of 5');
    await shown.getByRole('heading', { name: 'Rollout card' }).waitFor();
    await shown.getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('shows the picture that a card names, with its words, and a thread below the card', async () => {
    const admin = await open('admin', 'management');
    const channel = await bot.channels.fetch(sandbox.world.channel('management').id);
    if (!channel?.isSendable() || channel.isDMBased())
      throw new Error('The bot may not write to #management.');
    const card = new ContainerBuilder()
      .setAccentColor(0x3ba55d)
      .addTextDisplayComponents((text) => text.setContent('Card with a chart'))
      .addMediaGalleryComponents((gallery) =>
        gallery.addItems((item) => item.setURL('attachment://dot.png').setDescription('Errors ran 2.1x')),
      );
    const message = await channel.send({
      flags: MessageFlags.IsComponentsV2,
      components: [card],
      files: [{ attachment: dot, name: 'dot.png' }],
    });
    const picture = admin.message('Card with a chart').getByRole('img', { name: 'Errors ran 2.1x' });
    await picture.waitFor();
    await vi.waitFor(async () =>
      expect(await picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(1),
    );
    const thread = await message.startThread({ name: 'rollout news' });
    await thread.send('Goes on to 10 %');
    await admin.message('Card with a chart').getByText('Open thread').click();
    await admin.message('Goes on to 10 %').waitFor();
    await admin.page.getByRole('navigation', { name: 'Channels' }).getByText('rollout news').waitFor();
  });

  it('turns the knobs of the simulation, and shows how late it is for the bot', async () => {
    const orders: BotOrders[] = [];
    sandbox.simulation.drive((one) => orders.push(one));
    const admin = await open('admin');
    await admin.page.getByRole('button', { name: 'Simulation' }).click();
    const panel = admin.page.getByRole('complementary', { name: 'Simulation' });
    await panel
      .getByRole('combobox', { name: 'It fails' })
      .selectOption({ label: '5 times as often as the old one' });
    await panel
      .getByRole('combobox', { name: 'Time goes' })
      .selectOption({ label: '3,600 times: a second is an hour' });
    await panel.getByLabel('An outage').check();
    await vi.waitFor(() =>
      expect(orders.at(-1)).toMatchObject({
        pace: { speed: 3_600 },
        greeting: { outage: true, newGreeting: { errors: 5 } },
      }),
    );
    await admin.page.getByRole('button', { name: '3,600×' }).waitFor();
    await panel.getByRole('button', { name: 'All well again' }).click();
    await vi.waitFor(() => expect(sandbox.simulation.knobs).toMatchObject({ errors: 1, outage: false }));
    await vi.waitFor(async () => expect(await panel.getByLabel('An outage').isChecked()).toBe(false));
    sandbox.simulation.turn({ speed: 1 });
  });

  it('keeps the newest message in sight, except for who scrolled up', async () => {
    const admin = await open('admin', 'dev-team');
    const channel = await bot.channels.fetch(sandbox.world.channel('dev-team').id);
    if (!channel?.isSendable()) throw new Error('The bot may not write to #dev-team.');
    for (let at = 1; at <= 12; at += 1)
      await channel.send({ embeds: [{ title: `Notice ${at}`, description: 'x\n'.repeat(5) }] });
    const isInSight = async (text: string) => {
      const box = await admin.message(text).boundingBox();
      return box !== null && box.y >= 0 && box.y + box.height <= 800;
    };
    await vi.waitFor(async () => expect(await isInSight('Notice 12')).toBe(true), { timeout: 5_000 });
    await admin.message('Notice 6').scrollIntoViewIfNeeded();
    await channel.send('Notice 13');
    await admin.message('Notice 13').waitFor();
    expect(await isInSight('Notice 13')).toBe(false);
    expect(await isInSight('Notice 6')).toBe(true);
  });

  it('says so where the bot does not answer', async () => {
    const admin = await open('admin');
    await admin.send('/mute');
    await admin.page.getByRole('alert').getByText('did not respond').waitFor();
  });

  it('asks nothing from the network outside', async () => {
    const admin = await open('admin');
    await admin.send('see https://example.com/a.png <:wave:123456789012345678>');
    await admin.message('a.png').waitFor();
    const channel = await bot.channels.fetch(sandbox.world.channel('general').id);
    const image = { url: 'https://example.com/picture.png' };
    if (channel?.isSendable())
      await channel.send({ embeds: [{ title: 'Pictured', image, thumbnail: image }] });
    await admin.message('Pictured').waitFor();
    await admin.send('/feature list');
    await admin.message('Flags').first().waitFor();
    const outside = admin.asked.filter((url) => !url.startsWith(sandbox.url) && !url.startsWith('data:'));
    expect(outside).toEqual([]);
  });
});
