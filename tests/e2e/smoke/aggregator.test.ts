/** The smoke test "log-aggregation" with a real aggregator: the log is shipped to systemd's journal, and looked for there. */
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { describeJournal } from '../../support/journal/available.js';
import { type Journal, startJournal } from '../../support/journal/server.js';

describeJournal('log aggregation', () => {
  let journal: Journal;
  let bot: RunningBot;
  let isShipping = true;
  const shipped: Promise<void>[] = [];

  beforeAll(async () => {
    journal = await startJournal();
    bot = await startBot({
      env: { LOG_LEVEL: 'info' },
      logTo: new Writable({
        write(line: Buffer, _encoding, done) {
          if (isShipping) shipped.push(journal.ship('bot', line.toString()));
          done();
        },
      }),
      deployments: `
alerts: { messages_a_minute: 10000 }
smoke: { logs: { url: "${journal.url}/entries?SYSLOG_IDENTIFIER=bot", within: 3s } }
`,
    });
  });

  afterAll(async () => {
    await bot.close();
    await Promise.all(shipped);
    await journal.dispose();
    expect(bot.violations).toEqual([]);
  });

  const operations = () => bot.as('staff').in('operations');

  it('passes where the line arrives, and is among all the others', async () => {
    expect(await bot.rollouts.smoke.run('log-aggregation')).toMatchObject({ verdict: 'passed' });
    const lines = await (await fetch(`${journal.url}/entries?SYSLOG_IDENTIFIER=bot`)).text();
    expect(lines).toContain('Smoke test: this line is looked for again');
  });

  it('fails where nothing ships the log any more, and #operations is told what to look at', async () => {
    isShipping = false;
    const told = operations().next(({ ephemeral, text }) => !ephemeral && text.includes('smoke test failed'));
    await operations().slash('/smoke run', { test: 'log-aggregation' });
    const { text } = await told;
    isShipping = true;
    expect(text).toContain('The line is not among what the address answers. Look at what ships the log');
  }, 20_000);
});
