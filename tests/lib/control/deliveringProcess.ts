/** A process of its own that leads and delivers until it is killed: what `killed.test.ts` starts again and again. */
import { REST } from 'discord.js';
import { Dispatcher } from '../../../src/lib/alerts/dispatch/Dispatcher.js';
import { ControlLoop } from '../../../src/lib/control/ControlLoop.js';
import { dispatching } from '../../../src/lib/control/duties/dispatching.js';
import { systemClock } from '../../../src/lib/core/Clock.js';
import { RestMessenger } from '../../../src/lib/discord/RestMessenger.js';
import { openStore } from '../../../src/lib/state/openStore.js';

const { DATA_DIR = '', API = '', TOKEN = '', STAFF_GUILD_ID = '' } = process.env;
const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

const store = await openStore({ dataDir: DATA_DIR, prefix: 'test' });
const messenger = new RestMessenger({
  rest: new REST({ api: API }).setToken(TOKEN),
  staffGuildId: STAFF_GUILD_ID,
  channels: { operations: '#operations', 'dev-team': '#dev-team', management: '#management' },
  clock: systemClock,
});
const dispatcher = new Dispatcher({ store, messenger, clock: systemClock, logger });
const control = new ControlLoop({
  store,
  owner: `process ${process.pid}`,
  clock: systemClock,
  logger,
  leaseTtlMs: 300,
  duties: [dispatching(dispatcher)],
});
await store.follow(control);
control.start();
