import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../src/lib/state/errors.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { ada, grace, guildId } from '../flags/room.js';
import { asked, Ground } from './ground.js';

const flag = 'greeting';

/** A store that can be taken away, and that answers or forgets to answer. */
class Outage {
  public how: 'none' | 'unknown' | 'landed' | undefined;
  public tries = 0;

  public readonly wrap = (store: Store): Store => {
    const commit: Store['commit'] = async (one) => {
      const { how } = this;
      if (how === undefined) return store.commit(one);
      this.tries++;
      if (how === 'landed') await store.commit(one);
      throw new Unavailable('The store does not answer.', how === 'none' ? 'none' : 'unknown');
    };
    return Object.assign(Object.create(store) as Store, { commit });
  };
}

async function pressed(how: 'none' | 'unknown' | 'landed', what: string | null = flag) {
  const outage = new Outage();
  const ground = await Ground.open({ wrapRoom: outage.wrap });
  await ground.serve(flag);
  outage.how = how;
  const outcome = await ground.rollbacks.now(asked(what));
  if (outcome.status !== 'here-only') throw new Error(`expected here-only, got ${outcome.status}`);
  return { ground, outage, settled: outcome.settled };
}

describe('a press while the store is away', () => {
  it.each(['none', 'unknown'] as const)(
    'is off here at once, says so, and is everywhere as soon as the store takes it (outcome %s)',
    async (how) => {
      const { ground, outage, settled } = await pressed(how);
      expect(ground.on(flag)).toBe(0);
      expect(ground.flags.evaluate(flag, guildId(1))).toMatchObject({
        value: false,
        detail:
          'off: rolled back on 3 May (it leaks), in this process only so far: the state store has not taken it yet',
      });
      const again = await ground.rollbacks.now(asked(flag, { by: grace }));
      expect(again.status).toBe('here-only');
      ground.pass(12_000);
      outage.how = undefined;
      const rollback = await settled;
      expect(rollback.created.by).toBe(ada.id);
      expect(rollback.affected.guilds).toBe(40);
      expect(rollback.offAt! - rollback.pressedAt).toBe(12_000);
      expect(ground.flags.flag(flag).killed).not.toBeNull();
      expect(ground.flags.evaluate(flag, guildId(1)).detail).toBe('off: killed on 3 May (it leaks)');
      expect((await ground.notices()).map(({ title }) => title)).toEqual([
        ...Array<string>(3).fill('ROLLBACK INITIATED: it leaks'),
        ...Array<string>(3).fill('greeting is off everywhere now'),
      ]);
    },
  );

  it('whose first try had landed after all makes one rollback', async () => {
    const { ground, outage, settled } = await pressed('landed');
    outage.how = undefined;
    await settled;
    expect(ground.rollbacks.list()).toHaveLength(1);
    expect((await ground.notices()).filter(({ pings }) => pings)).toHaveLength(1);
  });

  it('of everything turns everything off here', async () => {
    const { ground, outage, settled } = await pressed('none', null);
    expect(ground.on(flag)).toBe(0);
    expect(ground.flags.isEnabled('unheard-of', null, true)).toBe(false);
    expect(ground.flags.switchedOff()).toMatchObject({ reason: 'it leaks' });
    outage.how = undefined;
    await settled;
    expect(ground.flags.world.killSwitch?.off).not.toBeNull();
  });

  it('can be taken back, and is on again as if nothing had been pressed', async () => {
    const { ground, outage, settled } = await pressed('none');
    expect((await ground.rollbacks.cancel(flag, { by: ada })).status).toBe('here-only');
    await expect(settled).rejects.toThrow('was taken back');
    expect(ground.on(flag)).toBe(40);
    await expect(ground.rollbacks.cancel(flag, { by: ada })).rejects.toThrow(
      'There is no rollback "greeting"',
    );
    outage.how = undefined;
    expect((await ground.rollbacks.now(asked(flag))).status).toBe('done');
  });

  it('that is refused is on again here at once', async () => {
    const ground = await Ground.open();
    await ground.serve(flag);
    await ground.do({ do: 'archive', flag });
    await expect(ground.rollbacks.now(asked(flag))).rejects.toThrow('is archived');
    expect(ground.flags.world.offHere?.flags.size).toBe(0);
  });

  it('for a gradual one is refused: nothing is begun that nobody can see', async () => {
    const outage = new Outage();
    const ground = await Ground.open({ wrapRoom: outage.wrap });
    await ground.serve(flag);
    outage.how = 'none';
    await expect(ground.rollbacks.gradual({ ...asked(flag), flag })).rejects.toThrow('does not answer');
    expect(ground.on(flag)).toBe(40);
    outage.how = 'landed';
    const outcome = await ground.rollbacks.gradual({ ...asked(flag), flag });
    expect(outcome.status === 'checking' && (await outcome.settled).status).toBe('done');
  });
});
