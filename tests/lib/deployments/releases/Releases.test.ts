import { beforeEach, describe, expect, it } from 'vitest';
import { NotNow } from '../../../../src/lib/flags/errors.js';
import { HandoverFailed } from '../../../../src/lib/deployments/releases/errors.js';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import { World } from './World.js';

let world: World;
beforeEach(() => {
  world = new World();
});

const titles = (): unknown[] =>
  world.state.commits.flatMap(({ commit }) =>
    commit.audit.map((entry) => (entry as { title: string }).title),
  );

describe('at the start', () => {
  it('the first release answers everything, older events, too', async () => {
    const one = await world.start('a1', '1.0.0');
    expect(one.releases.answers(0)).toBe(true);
    expect(one.releases.answers(world.time.now)).toBe(true);
    expect(world.document).toMatchObject({ active: { release: '1.0.0', since: 0 }, previous: null });
  });

  it('a release that never answered takes over by itself, and each event is answered once', async () => {
    await world.start('a1', '1.0.0');
    await world.live(200);
    const starting = world.start('b1', '2.0.0');
    await world.live(3_000);
    const two = await starting;
    expect(world.document).toMatchObject({ active: { release: '2.0.0' }, previous: '1.0.0', handover: null });
    await world.time.pass(2_000);
    expect(world.wrong).toEqual([]);
    expect(world.answers.at(-1)?.by).toEqual(['b1']);
    expect(two.releases.answers(world.time.now)).toBe(true);
    expect(titles()).toContain('2.0.0 answers, no longer 1.0.0');
  });

  it('with nothing else alive it answers about a second later', async () => {
    await world.stop(await world.start('a1', '1.0.0'));
    const two = await world.start('b1', '2.0.0');
    await world.time.pass(1_200);
    expect(two.releases.answers(world.time.now)).toBe(true);
  });

  it('a release that answered before waits as a stand-by', async () => {
    await world.start('a1', '1.0.0');
    await world.start('b1', '2.0.0');
    await world.time.pass(2_000);
    const again = await world.start('a2', '1.0.0');
    await world.time.pass(20_000);
    expect(world.document.active.release).toBe('2.0.0');
    expect(again.releases.answers(world.time.now)).toBe(false);
  });

  it('a new release waits until it serves every shard that others serve', async () => {
    await world.start('a0', '1', { shards: [0], shardCount: 2 });
    await world.start('a1', '1', { shards: [1], shardCount: 2 });
    await world.start('b0', '2', { shards: [0], shardCount: 2 });
    await world.time.pass(20_000);
    expect(world.document).toMatchObject({ active: { release: '1' }, handover: null });
    await world.start('b1', '2', { shards: [1], shardCount: 2 });
    await world.time.pass(2_000);
    expect(world.document.active.release).toBe('2');
  });

  it('where processes are replaced one by one, the new one answers in the shard of the one that is gone', async () => {
    const old = await world.start('a0', '1', { shards: [0], shardCount: 2 });
    await world.start('a1', '1', { shards: [1], shardCount: 2 });
    await world.stop(old);
    const two = await world.start('b0', '2', { shards: [0], shardCount: 2 });
    await world.time.pass(4_000);
    expect(world.document.active.release).toBe('1');
    expect(two.releases.answers(world.time.now, '0/2')).toBe(true);
    expect(two.releases.answers(world.time.now, '1/2')).toBe(false);
    await world.start('a0b', '1', { shards: [0], shardCount: 2 });
    await world.time.pass(4_000);
    expect(two.releases.answers(world.time.now, '0/2')).toBe(false);
    world.event('0/2');
    world.event('1/2');
    await world.time.pass(100);
    expect(world.answers.map(({ by }) => by)).toEqual([['a0b'], ['a1']]);
  });
});

describe('a handover that is asked for', () => {
  it('goes to and fro, and marks the release that it leaves as rolled back only where that is said', async () => {
    const one = await world.start('a1', '1');
    await world.start('b1', '2');
    await world.time.pass(2_000);
    await world.until(world.handOver(one, '1'));
    expect(world.document).toMatchObject({ active: { release: '1' }, previous: '2' });
    expect(world.document.known['2']?.rolledBack).toBeNull();
    await world.until(world.handOver(one, '2'));
    const request = { by: { by: '7', at: 5 }, why: 'It was bad.', marksRolledBack: true };
    await world.until(one.releases.handOver('1', request, new AbortController().signal));
    expect(world.document.known['2']?.rolledBack).toEqual({ by: '7', at: 5 });
    const count = world.state.commits.length;
    await world.until(one.releases.handOver('1', request, new AbortController().signal));
    expect(world.state.commits).toHaveLength(count);
  });

  it('is refused where nobody runs that release', async () => {
    const one = await world.start('a1', '1');
    await expect(world.until(world.handOver(one, '9'))).rejects.toThrow(NotNow);
    expect(world.document.handover).toBeNull();
  });

  it('waits for a release that is just starting', async () => {
    const one = await world.start('a1', '1');
    const asked = world.handOver(one, '2');
    await world.time.pass(5_000);
    await world.start('b1', '2');
    await world.until(asked);
    expect(world.document.active.release).toBe('2');
  });

  it('names who lives and does not acknowledge, and goes on when that process is gone', async () => {
    const one = await world.start('a1', '1');
    await world.start('b1', '2');
    await world.time.pass(2_000);
    // It says that it lives, but hears nothing.
    const deaf = await world.start('deaf', '2');
    world.deafen(deaf);
    await world.time.pass(100);
    const failed = await world.until(world.handOver(one, '1').catch((error: unknown) => error));
    expect(failed).toBeInstanceOf(HandoverFailed);
    expect(String(failed)).toContain('deaf (2)');
    expect(world.document.active.release).toBe('2');
    world.kill(deaf);
    await world.time.pass(33_000);
    expect(world.document.active.release).toBe('1');
  });

  it('is taken back where the release is gone before its moment', async () => {
    const one = await world.start('a1', '1');
    const two = await world.start('b1', '2');
    await world.time.pass(2_000);
    const deaf = await world.start('deaf', '2');
    world.deafen(deaf);
    const ended = world.handOver(two, '1').catch((error: unknown) => error);
    await world.time.pass(1_000);
    expect(world.document.handover?.to).toBe('1');
    await world.stop(one);
    await world.time.pass(40_000);
    await ended;
    expect(world.document).toMatchObject({ active: { release: '2' }, handover: null });
    expect(titles()).toContain('2 goes on answering');
  });
});

describe('a stand-by', () => {
  it('takes over 30 s after the active release was heard last', async () => {
    const one = await world.start('a1', '1');
    const two = await world.start('b1', '2');
    await world.time.pass(2_000);
    expect(two.releases.answers(world.time.now)).toBe(true);
    world.kill(two);
    await world.time.pass(24_000);
    expect(one.releases.answers(world.time.now)).toBe(false);
    await world.time.pass(10_000);
    expect(one.releases.answers(world.time.now)).toBe(true);
  });

  it('that was rolled back takes over only where nothing else is left; staff are woken, and a good one is preferred when it comes', async () => {
    const one = await world.start('a1', '1');
    const two = await world.start('b1', '2');
    await world.time.pass(2_000);
    const request = { by: { by: '7', at: 5 }, why: 'It was bad.', marksRolledBack: true };
    await world.until(one.releases.handOver('1', request, new AbortController().signal));
    await world.time.pass(2_000);
    world.kill(one);
    await world.time.pass(40_000);
    expect(two.releases.answers(world.time.now)).toBe(true);
    const notice = world.state.commits.flatMap(({ commit }) => commit.outbox).at(-1);
    expect(notice).toMatchObject({ pingOnCall: true, card: { tone: 'bad' } });
    await world.start('a2', '1');
    await world.time.pass(3_000);
    expect(world.document).toMatchObject({ active: { release: '1' }, previous: '2' });
    expect(world.document.known['2']?.rolledBack).not.toBeNull();
  });

  it('leaves leading to the release that answers', async () => {
    const one = await world.start('a1', '1');
    expect(await world.until(one.releases.shouldStandBack())).toBe(false);
    const two = await world.start('b1', '2');
    await world.time.pass(2_000);
    expect(await world.until(one.releases.shouldStandBack())).toBe(true);
    expect(await world.until(two.releases.shouldStandBack())).toBe(false);
    await world.stop(two);
    expect(await world.until(one.releases.shouldStandBack())).toBe(false);
  });
});

describe('with the store away', () => {
  it('who answers goes on answering, at once', async () => {
    const one = await world.start('a1', '1');
    one.line.isCut = true;
    one.releases.follower.reachable(false);
    await world.time.pass(60_000);
    expect(one.releases.decide(world.time.now)).toBe(true);
  });

  it('one that lost it after a handover was prepared stops answering', async () => {
    const one = await world.start('a1', '1');
    await world.start('b1', '2');
    await world.time.pass(2_000);
    const deaf = await world.start('deaf', '2');
    world.deafen(deaf);
    void world.handOver(one, '1').catch(() => undefined);
    await world.time.pass(1_000);
    const [two] = world.bots.filter(({ name }) => name === 'b1');
    expect(two?.releases.answers(world.time.now)).toBe(true);
    if (two) two.line.isCut = true;
    const lost = world.time.now;
    await world.time.pass(2_000);
    expect(two?.releases.answers(lost)).toBe(true);
    expect(two?.releases.answers(world.time.now)).toBe(false);
    expect(await world.until(Promise.resolve(two?.releases.decide(world.time.now)))).toBe(false);
  });

  it('a bot that never knew anything answers: one that does is better than none', async () => {
    const one = await world.start('a1', '1', { line: { isCut: true } });
    expect(one.releases.decide(world.time.now)).toBe(true);
  });

  it('a process that others stopped waiting for looks before it answers', async () => {
    const one = await world.start('a1', '1');
    await world.start('b1', '2');
    await world.time.pass(2_000);
    await world.until(world.handOver(one, '1'));
    await world.time.pass(2_000);
    // As if its whole process had been stopped: no beat, no feed, and nobody told it that the store was away.
    one.line.isCut = true;
    await world.time.pass(33_000);
    const [two] = world.bots.filter(({ name }) => name === 'b1');
    expect(two?.releases.answers(world.time.now)).toBe(true);
    expect(one.releases.answers(world.time.now)).toBe(true);
    one.line.isCut = false;
    expect(await world.until(Promise.resolve(one.releases.decide(world.time.now)))).toBe(false);
  });

  it('asking for a handover says so', async () => {
    const one = await world.start('a1', '1');
    one.line.isCut = true;
    await expect(world.until(world.handOver(one, '2'))).rejects.toThrow(Unavailable);
  });
});

it('a document that cannot be read is left alone, and the last good one is followed', async () => {
  const one = await world.start('a1', '1');
  one.releases.follower.commits([
    {
      ...{ seq: 99, id: 'x', at: world.time.now },
      documents: [{ ns: 'deployments', key: 'releases', document: { v: 99, schema: 1, active: 'x' } }],
    },
  ]);
  expect(one.releases.damaged()).toMatchObject([{ ns: 'deployments', key: 'releases' }]);
  expect(one.releases.answers(world.time.now)).toBe(true);
});
