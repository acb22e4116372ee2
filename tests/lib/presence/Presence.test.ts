import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../src/lib/core/ids.js';
import { rollCallKey } from '../../../src/lib/presence/rollCall.js';
import type { Ground } from '../../contract/ground.js';
import { lmdbGround } from '../../support/lmdbGround.js';
import { describeRedis } from '../../support/redis/available.js';
import { redisGround } from '../../support/redis/ground.js';
import { startRedis } from '../../support/redis/server.js';
import { Crowd, type Member } from './Crowd.js';

const echo = { answers: { echo: (body: unknown) => ({ heard: JSON.stringify(body) }) } };
const question = (id: string) => ({ id, kind: 'echo', body: { id } });

function laws(openGround: () => Promise<Ground>): void {
  let ground: Ground;
  let crowd: Crowd;
  beforeAll(async () => {
    ground = await openGround();
  }, 30_000);
  afterAll(() => ground.dispose());
  beforeEach(() => {
    crowd = new Crowd(ground, `p${newId(8)}`);
  });
  afterEach(() => crowd.close());

  it('sixteen processes answer, each with what it knew, in well under two seconds', async () => {
    const members: Member[] = [];
    // One after the other: one process may open an embedded store many times, but not for the first time at once.
    for (let n = 10; n < 26; n += 1) members.push(await crowd.join(`p${n}`, echo));
    const begun = performance.now();
    const call = await members[2]?.presence.ask(question('one'), 5_000);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(call?.silent).toEqual([]);
    expect(call?.answers.map(({ process }) => process)).toEqual(members.map(({ presence: p }) => p.process));
    expect(new Set(call?.answers.map(({ body }) => JSON.stringify(body)))).toEqual(
      new Set([JSON.stringify({ heard: '{"id":"one"}' })]),
    );
    const head = members[2]?.following.head.seq ?? 0;
    expect(call?.answers.every(({ seq }) => seq > 0 && seq <= head)).toBe(true);
  });

  it('two questions at a time are both answered, and one id asked twice is answered twice', async () => {
    let asked = 0;
    const members = await Promise.all(
      ['a', 'b', 'c'].map((name) => crowd.join(name, { answers: { echo: () => ++asked } })),
    );
    const calls = await Promise.all(
      members.map(({ presence }, index) => presence.ask(question(`q${index % 2}`), 5_000)),
    );
    expect(calls.map(({ answers }) => answers.length)).toEqual([3, 3, 3]);
    expect(asked).toBe(9);
  });

  it('a process that knows no such question answers null, one that fails says how', async () => {
    const [asker] = [
      await crowd.join('a', echo),
      await crowd.join('b'),
      await crowd.join('c', {
        answers: {
          echo: () => {
            throw new Error('no memory');
          },
        },
      }),
    ];
    const { answers } = await asker.presence.ask(question('one'), 5_000);
    expect(answers.map(({ body }) => body)).toEqual([
      { heard: '{"id":"one"}' },
      null,
      { error: 'no memory' },
    ]);
    expect(crowd.errors).toHaveLength(2);
  });

  it('a process that died is named as silent; one that said goodbye is not waited for', async () => {
    const [asker, dead, gone] = [
      await crowd.join('a', echo),
      await crowd.join('b', { ...echo, release: '2.0.0' }),
      await crowd.join('c', echo),
    ];
    await dead.die();
    await gone.presence.close();
    await gone.presence.turn();
    const call = await asker.presence.ask(question('one'), 300);
    expect(call.answers.map(({ process }) => process)).toEqual(['a']);
    expect(call.silent).toMatchObject([{ process: 'b', release: '2.0.0' }]);
    expect((await asker.presence.living()).map(({ process }) => process)).toEqual(['a', 'b']);
  });

  it('says at once what changed, and with it what it serves', async () => {
    const [one, other] = [await crowd.join('a'), await crowd.join('b')];
    await one.presence.say({ prepared: 'handover-1' });
    const living = await other.presence.living();
    expect(living).toMatchObject([
      { process: 'a', prepared: 'handover-1', guilds: 3, shards: [0], shardCount: 1 },
      { process: 'b', prepared: null },
    ]);
  });

  it('a question from before the last eight is forgotten with its answers', async () => {
    const asker = await crowd.join('a', echo);
    for (let n = 0; n < 10; n += 1) await asker.presence.ask(question(`q${n}`), 5_000);
    const [document] = await asker.store.getMany('settings', [rollCallKey]);
    expect(document).toMatchObject({ questions: Array.from({ length: 8 }, (_, n) => ({ id: `q${n + 2}` })) });
    const [blob] = await asker.store.blobs('presence').all();
    const { answers } = JSON.parse(Buffer.from(blob?.blob ?? []).toString()) as { answers: unknown[] };
    expect(answers).toHaveLength(8);
  });

  it('what another program wrote among them is passed over', async () => {
    const asker = await crowd.join('a', echo);
    await asker.store.blobs('presence').put('foreign', Buffer.from('no JSON'));
    await asker.store.blobs('presence').put('older', Buffer.from('{"release":"0"}'));
    expect((await asker.presence.living()).map(({ process }) => process)).toEqual(['a']);
  });
}

describe('presence on embedded state', () => {
  laws(lmdbGround);

  describe('as time passes', () => {
    let ground: Ground;
    let crowd: Crowd;
    beforeEach(async () => {
      ground = await lmdbGround();
      crowd = new Crowd(ground, 'time');
    });
    afterEach(async () => {
      await crowd.close();
      await ground.dispose();
    });

    it('one that was silent for 30 s is neither living nor asked, until it is heard again', async () => {
      const [asker, other] = [await crowd.join('a', echo), await crowd.join('b', echo)];
      crowd.aheadMs = 29_000;
      await asker.presence.turn();
      expect(await asker.presence.living()).toHaveLength(2);
      crowd.aheadMs = 31_000;
      expect((await asker.presence.living()).map(({ process }) => process)).toEqual(['a']);
      await other.presence.turn();
      expect(await asker.presence.living()).toHaveLength(2);
    });

    it('what the dead left is tidied away after a day', async () => {
      const [asker] = [await crowd.join('a'), await crowd.join('b')];
      crowd.aheadMs = 23 * 3_600_000;
      await asker.presence.turn();
      await asker.presence.tidy();
      expect(await asker.presence.everyone()).toHaveLength(2);
      crowd.aheadMs = 25 * 3_600_000;
      await asker.presence.tidy();
      expect((await asker.presence.everyone()).map(({ process }) => process)).toEqual(['a']);
    });
  });
});

describeRedis('presence on Redis', () => laws(async () => redisGround(await startRedis())));
