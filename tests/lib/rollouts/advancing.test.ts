/** Going on by hand: whoever asks sees whom it would reach, and nobody is reached before they said yes to exactly that. */
import { describe, expect, it } from 'vitest';
import { ada, grace } from '../flags/room.js';
import { planOf, World, type WorldOptions } from './World.js';

const plan = planOf(`
rollout_strategy:
  name: wide
  phases:
    - { name: a_tenth, percentage: 10, duration: 1h }
    - { name: a_fifth, percentage: 20, duration: 1h }
    - { name: half, percentage: 50, duration: 1h }
    - { name: everyone, percentage: 100, duration: 1h }
`);

async function running(options: WorldOptions = {}): Promise<World> {
  const world = await World.open({ plan, ...options });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  return world;
}

const asAda = { by: ada };

describe('advancing', () => {
  it('by a tenth of the guilds is done at once; by more than a quarter it is asked first, with the numbers', async () => {
    const world = await running();
    expect(await world.rollouts.advance('greeting', asAda)).toMatchObject({ status: 'done' });
    const had = world.on();
    const asked = await world.rollouts.advance('greeting', asAda);
    if (asked.status !== 'confirm') throw new Error(`expected confirm, got ${asked.status}`);
    expect(world.on()).toEqual(had);
    const { blast, step, secondPerson } = asked.proposal;
    expect({ step, secondPerson }).toEqual({ step: 2, secondPerson: null });
    await world.rollouts.advance('greeting', { ...asAda, confirmed: asked.proposal });
    expect(world.on().length - had.length).toBe(blast.guilds);
    expect(blast.guilds).toBeGreaterThan(120 / 4);
    expect(blast).toMatchObject({ outOf: 120, members: blast.guilds * 100 });
  });

  it('to the end is always asked: it is on for everyone then', async () => {
    const world = await running();
    for (let step = 0; step < 3; step++) await world.advance();
    const asked = await world.rollouts.advance('greeting', asAda);
    expect(asked).toMatchObject({ status: 'confirm', proposal: { step: null } });
    expect((await world.status()).state).toBe('running');
    await world.advance();
    expect((await world.status()).state).toBe('completed');
  });

  it('to few guilds of very many members is asked, too', async () => {
    const world = await running();
    for (const [at, guild] of world.guilds.entries()) world.guilds[at] = { ...guild, members: 20_000 };
    await world.flags.directory.refresh();
    expect(await world.rollouts.advance('greeting', asAda)).toMatchObject({ status: 'confirm' });
  });

  it('in quiet hours is asked, and says how long it would have waited by itself', async () => {
    const quietHours = { from: 0, to: 24 * 60 - 1, timeZone: 'UTC', days: [0, 1, 2, 3, 4, 5, 6] };
    const world = await World.open({ plan: { ...plan, quietHours } });
    world.now = Math.ceil(world.now / 86_400_000) * 86_400_000 - 30_000;
    await world.start(undefined);
    await world.turn();
    expect((await world.status()).state).toBe('running');
    world.live();
    const asked = await world.rollouts.advance('greeting', asAda);
    expect(asked).toMatchObject({
      status: 'confirm',
      proposal: { notes: [expect.stringMatching(/^These are quiet hours: .* until .* 23:59 UTC\.$/)] },
    });
    expect((await world.status()).step).toBe(0);
    await world.advance();
    expect((await world.status()).step).toBe(1);
  });

  it('is refused where the flag was changed, or the rollout moved on, while the person decided', async () => {
    const world = await running();
    const confirmed = await world.rollouts.proposeAdvance('greeting', asAda);
    await world.do({ do: 'edit', flag: 'greeting', facts: { description: 'other words' } });
    const late = world.rollouts.advance('greeting', { ...asAda, confirmed });
    await expect(late).rejects.toMatchObject({ code: 'STALE_ROLLOUT' });
    const again = await world.rollouts.proposeAdvance('greeting', asAda);
    await world.rollouts.acknowledge('greeting', { by: grace });
    await world.rollouts.advance('greeting', { ...asAda, confirmed: again });
    const twice = world.rollouts.advance('greeting', { ...asAda, confirmed: again });
    await expect(twice).rejects.toMatchObject({ code: 'STALE_ROLLOUT' });
    const { revision } = await world.status();
    await world.rollouts.pause('greeting', { by: grace });
    await world.rollouts.resume('greeting', { by: grace });
    const later = world.rollouts.advance('greeting', { ...asAda, revision });
    await expect(later).rejects.toMatchObject({ code: 'STALE_ROLLOUT' });
    expect((await world.status()).step).toBe(1);
  });

  it('asks a second person where there are approvers, whatever the first confirmed; approved, it goes on', async () => {
    const world = await running({ hasApprovers: true });
    await world.advance();
    const proposal = await world.rollouts.proposeAdvance('greeting', asAda);
    expect(proposal.secondPerson).toContain('more than 25 % of all guilds');
    const alone = world.rollouts.advance('greeting', { ...asAda, confirmed: proposal });
    await expect(alone).rejects.toMatchObject({ code: 'SECOND_PERSON_NEEDED' });
    expect(await world.status()).toMatchObject({ state: 'waiting', step: 1 });
    await world.rollouts.approve('greeting', { by: grace });
    expect((await world.rollouts.proposeAdvance('greeting', asAda)).secondPerson).toBeNull();
    await world.advance();
    expect((await world.status()).step).toBe(2);
  });

  it('says what stands against it before it asks anything', async () => {
    const world = await running();
    await world.rollouts.freeze.start({ by: grace, reason: 'the world cup' });
    await expect(world.rollouts.proposeAdvance('greeting', asAda)).rejects.toMatchObject({ code: 'FROZEN' });
    await world.rollouts.freeze.stop(grace);
    await world.rollouts.pause('greeting', { by: grace });
    await expect(world.rollouts.proposeAdvance('greeting', asAda)).rejects.toMatchObject({
      code: 'NOT_IN_THIS_STATE',
    });
  });
});
