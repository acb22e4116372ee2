/** The example bot, compiled against the package as it is packed, and run in the sandbox. */
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { BotProcess } from './BotProcess.js';
import { installed, type Installed } from './installed.js';

const run = promisify(execFile);

let bots: Installed;
let folder: string;
beforeAll(async () => {
  bots = await installed();
  // Beside the node_modules that the package was installed into.
  folder = join(bots.folder, 'service-migration');
  await cp('examples/service-migration', folder, { recursive: true });
  const tsc = resolve('node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '--typeRoots', resolve('node_modules/@types')], { cwd: folder }).catch(
    (error: unknown) => {
      throw new Error((error as { readonly stdout: string }).stdout);
    },
  );
}, 180_000);
afterAll(() => bots.remove());

describe('the example bot', () => {
  let sandbox: Sandbox;
  let bot: BotProcess;
  const admin = () => sandbox.as('admin').in('operations');
  const inside = () => sandbox.as('beta1_manager').in('general', 'beta_server_1');
  const outside = () => sandbox.as('beta2_manager').in('general', 'beta_server_2');

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, guilds: 5 });
    const { world } = sandbox;
    bot = BotProcess.start('dist/src/index.js', folder, {
      DISCORD_TOKEN: sandbox.botToken,
      DISCORD_API_URL: sandbox.apiUrl,
      STAFF_GUILD_ID: world.staffGuild.id,
      ADMIN_ROLE_ID: world.role('Admin').id,
      DATA_DIR: join(folder, 'data'),
    });
    expect(await bot.next()).toBe('ready');
    const guild = world.guild('beta_server_1').id;
    const enabled = await admin().slash('/feature enable', { name: 'service_layer', guild });
    expect(enabled.text).toContain('Allow service_layer in beta_server_1');
  });
  afterAll(async () => {
    await bot.stop();
    await sandbox.close();
  });

  it('answers by the new service where the flag is on, and by the old one elsewhere', async () => {
    expect((await outside().slash('/greet', { name: 'Ada' })).text).toBe('Hello, Ada.');
    expect((await inside().slash('/greet', { name: 'Ada' })).text).toBe('Hi, Ada!');
  });

  it('answers by the old one where the new one fails', async () => {
    const name = 'A'.repeat(33);
    expect((await inside().slash('/greet', { name })).text).toBe(`Hello, ${name}.`);
  });

  it('has a command only where the flag is on', async () => {
    expect((await inside().slash('/shout')).text).toBe('HI, EVERYBODY!');
    const refusal = await outside().slash('/shout');
    expect([refusal.text, refusal.ephemeral]).toEqual(['Shouting comes to this server soon.', true]);
  });

  it('tells people, and its log, of what goes', async () => {
    const person = inside();
    const note = person.next(({ text }) => text.includes('goes away'));
    expect((await person.slash('/hello')).text).toMatch(/^Hi, /);
    expect((await note).text).toBe('/hello goes away in version 2.0.0. Please use /greet instead.');
    const info = await admin().slash('/feature info', { name: 'service_layer' });
    expect(info.text).toContain('/hello: used once in 30 days, goes away in 2.0.0');
    const output = await bot.stop();
    expect(output).toContain(
      '[DEP_GREETINGS_SAY_HELLO] DeprecationWarning: Greetings.sayHello is deprecated',
    );
    expect(output).toContain('hello.js');
  });
});

it('its own test passes now, and fails when the version is reached in which something goes', async () => {
  const check = () =>
    run(process.execPath, ['--test', 'dist/test/deprecations.test.js'], { cwd: folder }).then(
      ({ stdout }) => ({ passes: true, stdout }),
      (error: unknown) => ({ passes: false, stdout: (error as { readonly stdout: string }).stdout }),
    );
  expect((await check()).passes).toBe(true);
  const manifest = join(folder, 'package.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"1.4.0"', '"2.0.0"'));
  const { passes, stdout } = await check();
  expect(passes).toBe(false);
  expect(stdout).toContain('Greetings.sayHello was to be gone in 2.0.0');
}, 60_000);
