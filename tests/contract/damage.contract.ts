import { describe, expect, it } from 'vitest';
import { Damaged } from '../../src/lib/state/errors.js';
import { commitOf, put, Watcher } from './commits.js';
import type { Scene } from './store.contract.js';

const foreign = [
  ['cut off', '{"value":{"v":3,"sch'],
  ['without an envelope', '{"v":3,"schema":1}'],
  ['without a version', '{"value":{"schema":1}}'],
  ['without a schema', '{"value":{"v":3}}'],
  ['no object', '[1,2]'],
  ['empty', ''],
] as const;

export function damage(scene: Scene): void {
  describe('damaged and foreign documents', () => {
    it.each(foreign)(
      'names one that is %s, serves the rest, and never writes over it',
      async (_what, raw) => {
        const { store, ground, prefix } = scene;
        await store.commit(commitOf([put('good', 0)]));
        await ground.spoil(prefix, 'flags', 'bad', raw);
        const { documents, damaged } = await store.load();
        expect([...documents.flags.keys()]).toEqual(['good']);
        expect(damaged).toEqual([{ ns: 'flags', key: 'bad', problem: expect.any(String) as string }]);
        for (const expect_ of [0, 3])
          await expect(store.commit(commitOf([put('bad', expect_)]))).rejects.toThrow(Damaged);
        await expect(store.getMany('flags', ['good', 'bad'])).rejects.toThrow(Damaged);
        await expect(store.snapshot()).rejects.toThrow(Damaged);
        expect(await ground.raw(prefix, 'flags', 'bad')).toBe(raw);
      },
    );

    it('reads a document that another Keyv client wrote, and Keyv never expires it', async () => {
      const { store, ground, prefix } = scene;
      const raw = '{"value":{"schema":1,"name":"theirs","v":4},"expires":1}';
      await ground.spoil(prefix, 'flags', 'theirs', raw);
      expect(await store.getMany('flags', ['theirs'])).toEqual([{ v: 4, schema: 1, name: 'theirs' }]);
      expect(await ground.raw(prefix, 'flags', 'theirs')).toBe(raw);
    });

    it('starts a follower all the same', async () => {
      await scene.ground.spoil(scene.prefix, 'flags', 'bad', 'junk');
      const watcher = new Watcher();
      await scene.store.follow(watcher);
      expect(watcher.reloads[0]?.state.damaged).toHaveLength(1);
      expect(watcher.reached).toEqual([true]);
    });
  });
}
