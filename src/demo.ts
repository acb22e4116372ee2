/** The bot as the sandbox runs it: the bot of our own, with one command more whose behaviour hangs on a flag. */
import { loadDemoPieces } from './demo/_load.js';
import { Greeting } from './demo/Greeting.js';
import { ordersAtStart, readOrders } from './demo/orders.js';
import { systemClock } from './lib/core/Clock.js';
import { PacedClock } from './lib/core/Pace.js';
import { runBot } from './setup/runBot.js';

const greeting = new Greeting();
const realTime = { realAt: 0, domainAt: 0, speed: 1 };
const first = ordersAtStart(process.env['DEMO_ORDERS']);
const domainTime = new PacedClock(first?.pace ?? realTime, systemClock);
if (first) greeting.follow(first.greeting);

// Whoever runs this program may change its orders while it runs.
process.on('message', (message) => {
  const orders = readOrders(message);
  if (!orders) return;
  domainTime.follow(orders.pace);
  greeting.follow(orders.greeting);
});
// The sandbox is this process's parent: without it there is no Discord to talk to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));

loadDemoPieces(greeting);
await runBot({ domainTime });
