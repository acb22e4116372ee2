import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FieldChange } from '../../../../src/lib/flags/planning/fields.js';
import { CannotPutBack, UnknownDamage } from '../../../../src/lib/recovery/errors.js';
import type { Damage } from '../../../../src/lib/recovery/damage/Damage.js';
import { Conflict, Unavailable } from '../../../../src/lib/state/errors.js';
import type { DocumentBody } from '../../../../src/lib/state/Store.js';
import type { Json } from '../../../../src/lib/core/Json.js';
import { ann, flag, guild, Ground } from '../ground.js';

const junk = '{"value":{"v":';
const same = (body: DocumentBody): DocumentBody => body;
let ground: Ground;
let damage: Damage;
beforeEach(async () => {
  ground = await Ground.make();
  damage = ground.damage();
});
afterEach(() => ground.close());

/** As a process that has just started. */
async function turn(): Promise<void> {
  damage.reloaded(await ground.store.load());
  await damage.turn(ground.fence);
}

function changed(...fields: readonly Partial<FieldChange>[]): readonly Json[] {
  const own = { ns: 'flags', key: 'a', before: null };
  const entry = {
    ...{ kind: 'flags', change: { do: 'edit' }, by: ann, title: 't', differences: [], flags: ['a'] },
    fields: fields.map((field) => ({ ...own, ...field })),
  };
  return [JSON.parse(JSON.stringify(entry)) as Json];
}

describe('a damaged flag', () => {
  it('is set aside and kept, its key is free, and staff are told once', async () => {
    await ground.put('flags', 'good', flag('good'));
    await ground.spoil('flags', 'a', junk);
    await turn();
    await turn();
    const { documents, damaged } = await ground.store.load();
    expect([[...documents.flags.keys()], damaged]).toEqual([['good'], []]);
    expect(await damage.open()).toMatchObject([
      { ns: 'flags', key: 'a', raw: junk, state: 'aside', at: ground.now, lastGood: null },
    ]);
    expect(await ground.notices()).toEqual([expect.stringContaining('flags:a')]);
    await ground.put('flags', 'a', flag('a'));
  });

  it('that is a document, but none of its room, is set aside too', async () => {
    await ground.put('flags', 'a', { schema: 1, key: 'a' });
    ground.misshapen = [{ ns: 'flags', key: 'a', problem: 'description: Required' }];
    await damage.turn(ground.fence);
    expect(await ground.get('flags', 'a')).toBeNull();
    expect(await damage.open()).toMatchObject([{ problem: 'description: Required', state: 'aside' }]);
  });

  it.each([
    ['newer', 2, []],
    ['older', 1, [{ id: 1, title: 't', ns: 'flags', from: 1, up: same, down: same }]],
  ] as const)('that a release of a %s form wrote is no damage, and stays', async (_, schema, migrations) => {
    ground.migrations = migrations;
    damage = ground.damage();
    await ground.put('flags', 'a', { ...flag('a'), schema });
    ground.misshapen = [{ ns: 'flags', key: 'a', problem: 'schema: expected another' }];
    await damage.turn(ground.fence);
    expect(await ground.get('flags', 'a')).toMatchObject({ schema });
    expect([await damage.open(), await ground.notices()]).toEqual([[], []]);
  });

  it('that is whole by now is left in peace', async () => {
    await ground.put('flags', 'a', flag('a'));
    damage.report([{ ns: 'flags', key: 'a', problem: 'was damaged' }]);
    damage.report([{ ns: 'flags', key: 'none', problem: 'was damaged' }]);
    await damage.turn(ground.fence);
    expect(await damage.open()).toEqual([]);
    expect(await ground.notices()).toEqual([]);
  });

  it('what could not be written is written later', async () => {
    await ground.spoil('flags', 'a', junk);
    damage.reloaded(await ground.store.load());
    const commit = ground.store.commit.bind(ground.store);
    ground.store.commit = () => Promise.reject(new Unavailable('away', 'none'));
    await expect(damage.turn(ground.fence)).rejects.toThrow(Unavailable);
    ground.store.commit = commit;
    await damage.turn(ground.fence);
    expect(await damage.open()).toHaveLength(1);
  });

  it('the same damage once more, after it was mended, is news', async () => {
    for (const times of [1, 2]) {
      await ground.spoil('flags', 'a', junk);
      await turn();
      expect(await ground.notices()).toHaveLength(times);
    }
  });
});

describe('what must not be absent', () => {
  it.each([
    ['guilds', '7'],
    ['cohorts', 'beta'],
    ['settings', 'switch'],
    ['rollouts', 'R.evidence'],
  ] as const)('stays where it is: %s:%s', async (ns, key) => {
    await ground.spoil(ns, key, junk);
    await turn();
    await turn();
    expect(await ground.store.raw(ns, key)).toBe(junk);
    expect(await damage.open()).toMatchObject([{ ns, key, state: 'left' }]);
    expect(await ground.notices()).toHaveLength(1);
  });

  it('is put back in place by a person', async () => {
    const deny = { x: { override: { is: 'deny' as const, by: '1', at: 1 } } };
    await ground.put('guilds', '7', guild('7', deny));
    await ground.keeper().take('asked');
    await ground.spoil('guilds', '7', junk);
    await turn();
    const [one] = await damage.open();
    await damage.putBack(one?.id ?? '', ann);
    expect(await ground.get('guilds', '7')).toMatchObject(guild('7', deny));
    expect(await damage.open()).toEqual([]);
  });
});

describe('the last good version', () => {
  it('is the newest snapshot with every change in the audit since', async () => {
    await ground.put('flags', 'a', flag('a'), changed({ path: [], after: flag('a') as Json }));
    const { name } = await ground.keeper().take('scheduled');
    const next = flag('a', { basisPoints: 5000, cohorts: { beta: { override: 'deny', by: '1', at: 2 } } });
    const cohort: Json = { override: 'deny', by: '1', at: 2 };
    await ground.put(
      ...(['flags', 'a', next] as const),
      changed({ path: ['basisPoints'], after: 5000 }, { path: ['cohorts', 'beta'], after: cohort }),
    );
    await ground.spoil('flags', 'a', junk);
    await turn();
    const [one] = await damage.open();
    expect(one?.lastGood?.from).toBe(`the snapshot ${name} and 2 changes in the audit`);
    await damage.putBack(one?.id ?? '', ann);
    expect(await ground.get('flags', 'a')).toMatchObject(next);
    const [entry] = await ground.store.audit.read({ limit: 1 });
    expect(entry?.body).toMatchObject({ kind: 'damage', by: ann, field: { key: 'a', after: next } });
    expect((await ground.notices())[1]).toContain('Put back: flags:a');
  });

  it('is rebuilt from the audit alone where no snapshot has it', async () => {
    await ground.put('flags', 'a', flag('a'), changed({ path: [], after: flag('a') as Json }));
    await ground.put('flags', 'a', flag('a', { owner: 'us' }), changed({ path: ['owner'], after: 'us' }));
    await ground.spoil('flags', 'a', junk);
    await turn();
    expect((await damage.open())[0]?.lastGood).toEqual({
      from: '2 changes in the audit',
      body: flag('a', { owner: 'us' }),
    });
  });

  it('is what went back into force, where the state went back to a snapshot meanwhile', async () => {
    await ground.put('flags', 'a', flag('a'), changed({ path: [], after: flag('a') as Json }));
    const { name, sha256 } = await ground.keeper().take('asked');
    const off = changed({ path: ['enabled'], after: false });
    await ground.put('flags', 'a', flag('a', { enabled: false }), off);
    ground.now += 1_000;
    await ground.recovery().recover({ by: ann, snapshot: name, sha256, reason: 'r' });
    for (const times of [1, 2]) {
      await ground.spoil('flags', 'a', `${junk}${times}`);
      await turn();
      const [one] = await damage.open();
      expect(one?.lastGood?.body).toEqual(flag('a'));
      await damage.putBack(one?.id ?? '', ann);
    }
  });

  it('is put back once, and never over what was set up meanwhile', async () => {
    await ground.put('flags', 'a', flag('a'));
    await ground.keeper().take('asked');
    await ground.spoil('flags', 'a', junk);
    await turn();
    const id = (await damage.open())[0]?.id ?? '';
    await ground.put('flags', 'a', flag('a', { enabled: false }));
    await expect(damage.putBack(id, ann)).rejects.toThrow(CannotPutBack);
    expect(await ground.get('flags', 'a')).toMatchObject({ enabled: false });
    await ground.put('flags', 'a', null);
    await damage.putBack(id, ann);
    await expect(damage.putBack(id, ann)).rejects.toThrow(CannotPutBack);
    await expect(damage.putBack('none', ann)).rejects.toThrow(UnknownDamage);
  });
});

it('many at once are one message', async () => {
  for (let n = 0; n < 9; n += 1) await ground.spoil('flags', `f${n}`, junk);
  await turn();
  expect(await damage.open()).toHaveLength(9);
  expect(await ground.notices()).toEqual([expect.stringContaining('9 documents')]);
});

it('many at once are told, also where somebody was faster with the first of them', async () => {
  for (let key = 0; key < 8; key += 1) await ground.spoil('flags', `f${key}`, junk);
  damage.reloaded(await ground.store.load());
  const commit = ground.store.commit.bind(ground.store);
  let isFirst = true;
  ground.store.commit = async (order) => {
    const [change] = order.changes;
    if (isFirst && change !== undefined) {
      isFirst = false;
      throw new Conflict(change.ns, change.key, null);
    }
    return commit(order);
  };
  await damage.turn(ground.fence);
  expect(await ground.notices()).toHaveLength(1);
  expect(await damage.open()).toHaveLength(7);
});
