/** Who is told of a breach in which words: staff by the policy's channels, members where they read, or staff with the words for them. */
import { describe, expect, it } from 'vitest';
import type { Notice, Text } from '../../../../src/lib/alerts/Card.js';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import { riskDefaults, type RiskRule } from '../../../../src/lib/deployments/risk/RiskPolicy.js';
import type { RiskLevel } from '../../../../src/lib/deployments/documents.js';
import { deployedAt, minuteMs, MonitorGround, well } from './ground.js';

const usersChannel = '700000000000000001';
const settings = { ...monitorDefaults, externalServices: ['payments'] };

function plain(text: Text | undefined): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text;
  return text
    .map((part) => (typeof part === 'string' ? part : 'br' in part ? '\n' : Object.values(part).join('')))
    .join('');
}
const said = (notice: Notice | undefined): string => {
  const { title = '', body, todo, fields = [] } = notice?.card ?? {};
  return [
    title,
    plain(body),
    plain(todo),
    ...fields.map(({ name, value }) => `${name}: ${plain(value)}`),
  ].join('\n');
};
const toMembers = ({ notices }: MonitorGround): readonly Notice[] =>
  notices.filter(({ to }) => typeof to === 'object');

const asking = (level: RiskLevel, rule: Partial<RiskRule> = { asks: true }) => ({
  ...riskDefaults,
  rules: { ...riskDefaults.rules, [level]: { ...riskDefaults.rules[level], ...rule } },
});

/** A service that comes and goes for as long as it takes to count. */
async function flapping(ground: MonitorGround): Promise<void> {
  await ground.begin();
  ground.probes = { payments: [false, true, false].map((isHealthy, at) => ({ at, isHealthy })) };
  await ground.watch(10 * monitorDefaults.everyMs);
}

/** Two guilds of twenty fail, which their own past lets one expect. */
async function failing(ground: MonitorGround): Promise<void> {
  await ground.begin();
  ground.traffic = (at) => (at > deployedAt ? { ...well, failures: 1, failing: 2 } : well);
  await ground.watch(8 * minuteMs);
}

describe('a low risk', () => {
  it('is told to members in plain words where they read, and staff see what was said', async () => {
    const ground = new MonitorGround({ settings, usersChannel });
    await flapping(ground);
    const [members] = toMembers(ground);
    expect(members).toMatchObject({ to: { channel: usersChannel } });
    expect(members).not.toHaveProperty('pingOnCall');
    expect(said(members)).toContain('Some commands may fail just now');
    expect(said(members)).toContain('/report');
    expect(said(members)).not.toMatch(/payments|%|1\.4\.0/);
    const staff = ground.notices.filter(({ to }) => to === 'operations');
    expect(staff).toHaveLength(1);
    expect(said(staff[0])).toContain(`Members are told in ${usersChannel}.`);
    expect(said(staff[0])).toContain('Members read: Some commands may fail just now.');
  });

  it('without such a channel staff get the words to hand on, and how the bot would do it', async () => {
    const ground = new MonitorGround({ settings });
    await flapping(ground);
    expect(toMembers(ground)).toEqual([]);
    expect(said(ground.notices[0])).toContain('For members: Some commands may fail just now.');
    expect(said(ground.notices[0])).toContain('USERS_CHANNEL_ID');
  });

  it('that nobody in a guild notices is told to staff alone', async () => {
    const ground = new MonitorGround({ usersChannel });
    await ground.begin();
    ground.isSilent = true;
    await ground.watch(11 * monitorDefaults.everyMs);
    expect(ground.breaches).toEqual(['no-telemetry low tell']);
    expect(toMembers(ground)).toEqual([]);
    expect(said(ground.notices[0])).toContain('Members notice nothing of it');
  });

  it('members hear that it is over, once it is', async () => {
    const ground = new MonitorGround({ settings, usersChannel });
    await flapping(ground);
    ground.probes = { payments: [{ at: 9, isHealthy: true }] };
    const last = await ground.watch(60 * minuteMs);
    expect(last?.over?.state).toBe('succeeded');
    expect(toMembers(ground).map(({ card }) => card.title)).toEqual([
      'Some commands may fail just now',
      'The bot works as usual again',
    ]);
  });

  it('a rollback that ends the hour is told to members who were told of trouble, and to no others', async () => {
    const ground = new MonitorGround({ settings, usersChannel });
    await flapping(ground);
    ground.traffic = () => ({ ...well, failures: 3 });
    await ground.watch(2 * minuteMs);
    expect(ground.acts).toContain('rollback 1.4.0');
    const [back, ...more] = ground.monitor().takenBack(ground.document);
    expect(more).toEqual([]);
    expect(back).toMatchObject({ to: { channel: usersChannel } });
    expect(said(back)).toMatch(/We took the newest changes back[^]*should be over[^]*\/report/);
    const quiet = new MonitorGround({ settings, usersChannel });
    await quiet.begin();
    expect(quiet.monitor().takenBack(quiet.document)).toEqual([]);
  });

  it('that lasts to the end of the hour is not called over', async () => {
    const ground = new MonitorGround({ settings, usersChannel });
    await flapping(ground);
    const last = await ground.watch(60 * minuteMs);
    expect(last?.over?.state).toBe('succeeded');
    expect(toMembers(ground)).toHaveLength(1);
  });
});

describe('a medium risk', () => {
  it('once its rollout is paused, those who have the feature are asked for feedback', async () => {
    const ground = new MonitorGround({ usersChannel });
    await failing(ground);
    expect(ground.acts).toEqual(['pause new_greeting']);
    const [question, ...more] = toMembers(ground);
    expect(more).toEqual([]);
    expect(said(question)).toContain('How does new_greeting work for you?');
    expect(said(question)).toMatch(/\/feedback[^]*\/report/);
    expect(said(ground.notices.find(({ card }) => card.title.endsWith('acted')))).toContain(
      '/rollout status',
    );
  });

  it('that could not be paused asks nobody, and gives staff the button', async () => {
    const ground = new MonitorGround({ usersChannel });
    const { NotNow } = await import('../../../../src/lib/flags/errors.js');
    ground.refusal = new NotNow('It is over.', {});
    await failing(ground);
    expect(toMembers(ground)).toEqual([]);
    const told = ground.notices.find(({ card }) => card.title.endsWith('could not act'));
    expect(told?.card.buttons).toEqual([
      { label: 'Pause new_greeting', style: 'primary', action: 'rollout-pause', args: ['R1', '4'] },
    ]);
  });
});

describe('a critical risk', () => {
  const storm = async (hasDriver: boolean): Promise<string> => {
    const ground = new MonitorGround({ hasDriver });
    await ground.begin();
    ground.traffic = () => ({ ...well, failures: 3 });
    const last = await ground.watch(2 * minuteMs);
    const found = ground.notices.find(({ card }) => card.title.includes('critical risk'));
    return `${said(found)}\n${last?.over?.why}`;
  };

  it('brings the version before back where a driver can', async () => {
    expect(await storm(true)).toContain('the version before is brought back');
    expect(await storm(true)).not.toContain('goes on running');
  });

  it('says that the new version goes on running where none can', async () => {
    expect(await storm(false)).toMatch(
      /goes on running[^]*Let your pipeline bring[^]*itself goes on running/,
    );
  });
});

describe('a level that is set to ask', () => {
  const buttons = ({ notices }: MonitorGround) => notices[0]?.card.buttons?.map(({ label }) => label);

  it('medium offers the pause, and says how to ask for feedback', async () => {
    const ground = new MonitorGround({ policy: asking('medium') });
    await failing(ground);
    expect(ground.acts).toEqual([]);
    expect(buttons(ground)).toEqual(['Pause new_greeting']);
    expect(said(ground.notices[0])).toMatch(/yours to decide[^]*\/feedback/);
  });

  it('high offers to take the flags back', async () => {
    const ground = new MonitorGround({ policy: asking('high') });
    await ground.begin();
    ground.memory = 2 * ground.usualMemory;
    await ground.watch(10 * monitorDefaults.everyMs);
    expect(ground.acts).toEqual([]);
    expect(ground.notices[0]?.card.buttons).toMatchObject([
      { action: 'rollback-ask', args: ['new_greeting'] },
    ]);
  });

  it('critical offers to roll back everything', async () => {
    const ground = new MonitorGround({ policy: asking('critical') });
    await ground.begin();
    ground.traffic = () => ({ ...well, failures: 3 });
    await ground.watch(2 * minuteMs);
    const storm = ground.notices.find(({ card }) => card.title.includes('critical risk'));
    expect(storm?.card.buttons).toMatchObject([{ label: 'Roll back everything', args: ['*'] }]);
    expect(ground.acts).not.toContain('rollback 1.4.0');
  });

  it('low gives staff the words, and members hear nothing by itself', async () => {
    const ground = new MonitorGround({ settings, usersChannel, policy: asking('low') });
    await flapping(ground);
    expect(toMembers(ground)).toEqual([]);
    expect(said(ground.notices[0])).toContain('For members: ');
  });

  it('what is done by itself has no button to do it once more', async () => {
    const ground = new MonitorGround();
    await failing(ground);
    expect(ground.notices.every(({ card }) => card.buttons === undefined)).toBe(true);
  });
});
