/** Rollouts in the guild world, judged by units of (guild, 15 min) with frozen offsets, and by what others would do. */
import { frozenOffset } from '../../dist/esm/judging.js';
import { GuildTotals } from './guildTotals.mjs';
import { GuildWorld, slotHours } from './guildWorld.mjs';
import { growthBookPerCommand, Judge, Pooled, thresholdScore, Watch, zScore } from './methods.mjs';

export function offsetsOf({ hits, active }, prior) {
  return Float64Array.from(hits, (hit, guild) => frozenOffset({ hits: hit, active: active[guild] }, prior));
}

/** Units of one slot as a tick; `outcomeOf(guild)` lies in [0, 1]. */
export function tickOf(active, arms, offsets, outcomeOf) {
  const sums = [
    { bad: 0, exposure: 0 },
    { bad: 0, exposure: 0 },
  ];
  for (const guild of active) {
    const arm = sums[arms[guild]];
    arm.bad += outcomeOf(guild, arms[guild]);
    arm.exposure += offsets[guild];
  }
  return { canary: sums[1], control: sums[0] };
}

function commandsOf(world, arms) {
  const sums = [0, 0, 0, 0];
  for (const guild of world.active) {
    const at = arms[guild] === 1 ? 0 : 2;
    sums[at] += world.runs[guild];
    sums[at + 1] += world.failures[guild];
  }
  return sums;
}

/** Peaks of all scores over rollouts that changed nothing: one world, judged under several assignments of its guilds to arms. */
export function harmlessGuilds(seed, { hours, assignments, alpha }) {
  const world = new GuildWorld(seed);
  const offsets = offsetsOf(world.history());
  const rollouts = Array.from({ length: assignments }, () => newRollout(world));
  const isBad = (guild) => (world.failures[guild] > 0 ? 1 : 0);
  for (let hour = 0; hour < hours; hour += slotHours) {
    world.slot();
    for (const { arms, judge, rollback, perCommand, totals, onOffsets, pooled, watches } of rollouts) {
      const units = [tickOf(world.active, arms, offsets, isBad)];
      watches.shipped.see(judge.take(hour, units));
      watches.rollback.see(rollback.take(hour, units));
      const [n1, x1, n0, x0] = commandsOf(world, arms);
      pooled.add(n1, x1, n0, x0);
      const commands = { canary: { exposure: n1, bad: x1 }, control: { exposure: n0, bad: x0 } };
      watches.perCommand.see(perCommand.take(hour, [commands]));
      watches.threshold.see(thresholdScore(pooled));
      watches.z.see(zScore(pooled));
      watches.growthBook.see(growthBookPerCommand(pooled, alpha));
      addSlot(world, arms, offsets, totals, onOffsets);
      watches.growthBookOffsets.see(onOffsets.score(alpha));
      watches.growthBookGuild.see(totals.score(alpha));
      watches.growthBookMargin.see(totals.score(alpha, 1.2));
    }
  }
  return rollouts.map(({ watches }) =>
    Object.fromEntries(Object.entries(watches).map(([method, { peak }]) => [method, peak])),
  );
}

function addSlot({ active, failures }, arms, offsets, totals, onOffsets) {
  for (const guild of active) {
    totals.add(guild, arms[guild], failures[guild] > 0);
    onOffsets.add(guild, arms[guild], failures[guild] > 0, offsets[guild]);
  }
}

function newRollout(world) {
  const methods = [
    'shipped',
    'rollback',
    'perCommand',
    'threshold',
    'z',
    'growthBook',
    'growthBookGuild',
    'growthBookMargin',
    'growthBookOffsets',
  ];
  return {
    arms: world.assign(0.1),
    judge: new Judge(1),
    rollback: new Judge(1.2),
    perCommand: new Judge(1),
    totals: new GuildTotals(world.guilds),
    onOffsets: new GuildTotals(world.guilds),
    pooled: new Pooled(),
    watches: Object.fromEntries(methods.map((method) => [method, new Watch()])),
  };
}

/** Hours from a rollout's start, harmful from the start, until each method reached each boundary. */
export function harmfulGuilds(seed, { ratio, maxHours, alpha, boundaries }) {
  const world = new GuildWorld(seed);
  const offsets = offsetsOf(world.history());
  const arms = world.assign(0.1);
  const judges = { rollback: new Judge(1.2), shipped: new Judge(1) };
  const totals = new GuildTotals(world.guilds);
  const onOffsets = new GuildTotals(world.guilds);
  const watches = Object.fromEntries(
    Object.entries(boundaries).map(([method, at]) => [method, new Watch(at)]),
  );
  const isBad = (guild) => (world.failures[guild] > 0 ? 1 : 0);
  for (let hour = 0; hour < maxHours; hour += slotHours) {
    world.slot((guild) => (arms[guild] === 1 ? ratio : 1));
    const tick = tickOf(world.active, arms, offsets, isBad);
    const at = hour + slotHours;
    for (const [method, judge] of Object.entries(judges)) watches[method].see(judge.take(hour, [tick]), at);
    addSlot(world, arms, offsets, totals, onOffsets);
    watches.growthBookOffsets.see(onOffsets.score(alpha), at);
    watches.growthBookGuild.see(totals.score(alpha), at);
    watches.growthBookMargin.see(totals.score(alpha, 1.2), at);
    if (Object.values(watches).every(({ isDone }) => isDone)) break;
  }
  return Object.fromEntries(Object.entries(watches).map(([method, { reachedAt }]) => [method, reachedAt]));
}
