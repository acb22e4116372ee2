/** `/scorecard`, typed by staff: before anything was measured, with a week behind it, and with what CI pushed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bucketOf, dayMs, dayOf, fields } from '../../../src/lib/scorecard/Day.js';
import { sign, signatureHeader, timestampHeader } from '../../../src/lib/deployments/webhooks/signature.js';
import { startBot, type RunningBot } from '../../support/bot.js';

const secret = 'a secret of thirty-two characters';
let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ env: { DEPLOYMENT_WEBHOOK_SECRET: secret } });
});
afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

const by = (who: 'admin' | 'staff') => bot.as(who).in('operations');

it('what nobody measured is unknown, and the card says what to do', async () => {
  const { text } = await by('staff').slash('/scorecard show');
  expect(text).toContain('targets met');
  expect(text).toContain('Response time unknown · target below +10 %');
  expect(text).toContain('/scorecard baseline');
});

it('a baseline is for admins, and needs some days', async () => {
  expect((await by('staff').slash('/scorecard baseline')).text).toMatch(/admin/i);
  expect((await by('admin').slash('/scorecard baseline')).text).toContain('needs at least three');
});

it('with a week behind it the card has figures, intervals and a chart', async () => {
  const { store } = bot.rollouts;
  const today = dayOf(bot.rollouts.domainTime.now());
  for (let ago = 1; ago <= 7; ago++) {
    const bucket = bucketOf(today - ago * dayMs);
    await store.counters.add(`week.${ago}`, [
      { bucket, field: fields.runs, by: 2_000 + 10 * ago },
      { bucket, field: fields.failures, by: 3 },
      { bucket, field: fields.duration(12), by: 2_000 },
      { bucket, field: fields.storeTrip(4), by: 1_440 },
      { bucket, field: fields.mebibytes, by: 20_000 + ago },
      { bucket, field: fields.memorySamples, by: 100 },
    ]);
  }
  const { text } = await by('admin').slash('/scorecard baseline');
  expect(text).toContain('✅ Commands that work 99.8');
  expect(text).toContain('Memory');
  expect(text).toContain('Compared with');
});

it('what CI pushes, signed, stands in /scorecard engineering', async () => {
  const body = JSON.stringify({ event: 'metrics', version: '1.4.0', metrics: { 'test-coverage': 81.2 } });
  const { timestamp, signature } = sign(body, secret, Date.now());
  const answer = await fetch(`${bot.rollouts.httpUrl}/hooks/deployments`, {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/json',
      [timestampHeader]: timestamp,
      [signatureHeader]: signature,
    },
  });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('test-coverage')]);
  const { text } = await by('staff').slash('/scorecard engineering');
  expect(text).toContain('✅ Test coverage 81.2 %');
  expect(text).toContain('with 1.4.0; baseline 81.2 %');
  expect(text).toContain('⚪ Technical debt unknown');
});
