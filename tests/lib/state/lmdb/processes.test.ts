import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { childModule, type Child, type ChildModule } from '../../../support/child.js';
import { lmdbGround } from '../../../support/lmdbGround.js';
import { until } from '../../../support/redis/until.js';

interface Said {
  readonly done?: { readonly seq: number; readonly key: string };
  readonly gained?: number;
}

describe('several processes on one LMDB directory', () => {
  let writer: ChildModule;
  let ground: Awaited<ReturnType<typeof lmdbGround>>;
  let children: Child[] = [];
  const start = (name: string): Child => {
    const child = writer.start(ground.dataDir, name);
    children.push(child);
    return child;
  };
  const acknowledged = (child: Child) => (child.said as Said[]).flatMap(({ done }) => (done ? [done] : []));
  const holders = (): Child[] =>
    children.filter((child) => (child.said as Said[]).some(({ gained }) => gained));

  beforeAll(async () => {
    writer = await childModule(join(import.meta.dirname, '../../../support/lmdb/writer.ts'));
  });
  beforeEach(async () => {
    ground = await lmdbGround();
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map((child) => child.kill()));
    await ground.dispose();
  });
  afterAll(() => writer.dispose());

  it('all write, none loses an update, and one of them holds the lease; killed, another takes over', async () => {
    const [first, second] = [start('first'), start('second')];
    await until('both wrote', () => acknowledged(first).length > 20 && acknowledged(second).length > 20);
    expect(holders()).toHaveLength(1);
    await holders()[0]?.kill();
    await until('the other holds it', () => holders().length === 2);
    await Promise.all(children.map((child) => child.kill()));
    const store = await ground.open('shared');
    const { head, documents } = await store.load();
    expect(documents.flags.get('hot')).toMatchObject({ v: head.seq, count: head.seq });
    await store.close();
  });

  it('killed in mid-write, round after round, lose nothing that was acknowledged and leave nothing half done', async () => {
    const all: { seq: number; key: string }[] = [];
    for (let round = 0; round < 4; round += 1) {
      const child = start(`w${round}`);
      await until('it wrote', () => acknowledged(child).length > 5 + round * 7);
      await child.kill();
      all.push(...acknowledged(child));
      const store = await ground.open('shared');
      const { head, documents, damaged } = await store.load();
      for (const { key, seq } of all) expect(documents.guilds.get(key)?.v).toBe(seq);
      expect(documents.flags.get('hot')).toMatchObject({ v: head.seq, count: head.seq });
      expect(documents.guilds.size).toBe(head.seq);
      expect(await store.audit.read({ limit: 10_000 })).toHaveLength(head.seq);
      expect(damaged).toEqual([]);
      await store.close();
    }
  });
});
