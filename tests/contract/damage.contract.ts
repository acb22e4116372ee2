import { describe, expect, it } from 'vitest';
import { Conflict, Damaged } from '../../src/lib/state/errors.js';
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
        expect((await store.snapshot()).damaged).toEqual([{ ...damaged[0], raw }]);
        expect(await ground.raw(prefix, 'flags', 'bad')).toBe(raw);
      },
    );

    it.each(foreign)('sets one that is %s aside where it still is what was read', async (_what, raw) => {
      const { store, ground, prefix } = scene;
      await ground.spoil(prefix, 'flags', 'bad', raw);
      expect(await store.raw('flags', 'bad')).toBe(raw);
      const away = { ns: 'flags', key: 'bad', expect: 0, next: null } as const;
      const kept = put('kept', 0, { raw });
      const other = commitOf([{ ...away, damaged: `${raw} ` }]);
      if (raw !== '') await expect(store.commit(other)).rejects.toThrow(Damaged);
      await store.commit(commitOf([{ ...away, damaged: raw }, kept]));
      expect(await store.raw('flags', 'bad')).toBeNull();
      const { documents, damaged } = await store.load();
      expect([[...documents.flags.keys()], damaged]).toEqual([['kept'], []]);
      await store.commit(commitOf([put('bad', 0)]));
    });

    it('does not take a whole document for a damaged one', async () => {
      await scene.store.commit(commitOf([put('good', 0)]));
      const raw = (await scene.store.raw('flags', 'good')) ?? '';
      for (const damaged of [raw, ''])
        await expect(
          scene.store.commit(commitOf([{ ns: 'flags', key: 'good', expect: 1, damaged, next: null }])),
        ).rejects.toThrow(Conflict);
      expect(await scene.store.raw('flags', 'good')).toBe(raw);
      expect(await scene.store.raw('flags', 'none')).toBeNull();
    });

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
