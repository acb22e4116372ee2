/** What people say, over a real embedded store: counted once, told in a few notices, forgotten in time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readNotice } from '../../../../src/lib/alerts/noticeSchema.js';
import { forgettingFeedback } from '../../../../src/lib/control/duties/forgettingFeedback.js';
import { tellingFeedback } from '../../../../src/lib/control/duties/tellingFeedback.js';
import { Feedback, type Voice } from '../../../../src/lib/health/feedback/Feedback.js';
import { TooOften } from '../../../../src/lib/health/feedback/TooOften.js';
import { reportLimit } from '../../../../src/lib/health/judging/hardLimits/userReports.js';
import { openStore } from '../../../../src/lib/state/openStore.js';
import type { Fence, Lease, Store } from '../../../../src/lib/state/Store.js';

const day = 86_400_000;
let dataDir: string;
let store: Store;
let lease: Lease;
let fence: Fence;
let skipped: number;
let left: ReadonlySet<string>;
let feedback: Feedback;

const clock = { now: () => Date.now() + skipped };

beforeEach(async () => {
  skipped = 0;
  left = new Set();
  dataDir = await mkdtemp(join(tmpdir(), 'rollouts-feedback-'));
  store = await openStore({ dataDir, prefix: 'test', clock: { now: () => Date.now() } });
  lease = await store.lease('control', {
    owner: 'a',
    ttlMs: 600_000,
    onGained: () => undefined,
    onLost: () => undefined,
  });
  if (lease.fence === undefined) throw new Error('The lease is free, and was not given.');
  fence = lease.fence;
  feedback = new Feedback({ ledger: store.ledger, domainTime: clock, realTime: clock });
});
afterEach(async () => {
  await lease.close();
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

const voice = (user: number | string, change: Partial<Voice> = {}): Voice => ({
  feature: 'warm_hello',
  guild: 'g1',
  user: String(user),
  arm: 'canary',
  text: '',
  ...change,
});
const telling = () =>
  tellingFeedback({ store, feedback, domainTime: clock, realTime: clock, isOn: () => true });
const titles = async () =>
  (await store.outbox.pending(100)).map(({ body }) => {
    const notice = readNotice(body);
    return 'card' in notice ? notice.card.title : notice.problem;
  });

it('2,000 reports in a minute from one guild are a few notices, and alarm nobody by themselves', async () => {
  const duty = telling();
  for (let minute = 0; minute < 3; minute += 1) {
    const users = Array.from({ length: 700 }, (_, user) => minute * 700 + user);
    await Promise.all(users.map((user) => feedback.report(voice(user), 'critical')));
    for (let turn = 0; turn < 4; turn += 1) if (duty.where === 'leader') await duty.turn(fence);
    skipped += 20_000;
  }
  expect(await titles()).toEqual(['700 reports of a problem with warm_hello']);
  skipped += 60_000;
  if (duty.where === 'leader') await duty.turn(fence);
  expect(await titles()).toHaveLength(2);
  const reports = await feedback.criticalReports('warm_hello', clock.now() - 7_200_000);
  expect(reports).toHaveLength(2_100);
  expect(reportLimit(reports, clock.now(), true)).toBeNull();
});

it('one person counts once an hour, also where two processes hear them at once', async () => {
  const other = new Feedback({ ledger: store.ledger, domainTime: clock, realTime: clock });
  await Promise.allSettled([feedback, other].map((room) => room.report(voice('1'), 'critical')));
  expect(await feedback.criticalReports('warm_hello', 0)).toHaveLength(1);
  await expect(feedback.report(voice('1'), 'minor')).rejects.toThrow(TooOften);
  await feedback.report(voice('1', { feature: 'other' }), 'minor');
});

it('what is said an hour later counts, however long the store remembers what was said before', async () => {
  await feedback.report(voice('1'), 'critical');
  skipped += 3_600_001;
  await feedback.report(voice('1'), 'critical');
  expect(await feedback.criticalReports('warm_hello', 0)).toHaveLength(2);
});

it('nobody can say more than ten things within an hour', async () => {
  for (let feature = 0; feature < 10; feature += 1)
    await feedback.rate(voice('1', { feature: `f${feature}` }), 3);
  await expect(feedback.rate(voice('1'), 3)).rejects.toThrow('as one person can say');
});

it('a rating is of the span in which it was given', async () => {
  const before = clock.now();
  await feedback.rate(voice('1'), 5);
  expect(await feedback.ratings('warm_hello', before, clock.now() + 1)).toEqual([
    { guild: 'g1', arm: 'canary', stars: 5 },
  ]);
  expect(await feedback.ratings('warm_hello', before - day, before)).toEqual([]);
});

it('what people wrote is kept for 90 days, and goes at once with their guild', async () => {
  const duty = forgettingFeedback({
    ...{ ledger: store.ledger, domainTime: clock, realTime: clock },
    hasLeft: (guild) => left.has(guild),
  });
  const forget = () => (duty.where === 'leader' ? duty.turn(fence) : undefined);
  await feedback.report(voice('1', { text: 'from one' }), 'minor');
  await feedback.report(voice('2', { guild: 'g2', text: 'from two' }), 'minor');
  await forget();
  expect(await feedback.texts('warm_hello')).toHaveLength(2);
  left = new Set(['g1']);
  await forget();
  expect((await feedback.texts('warm_hello')).map(({ text }) => text)).toEqual(['from two']);
  skipped += 92 * day;
  await forget();
  skipped -= 92 * day;
  expect(await feedback.texts('warm_hello')).toEqual([]);
});
