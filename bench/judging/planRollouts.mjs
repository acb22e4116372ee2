/** The built-in plan's compared phases (5 % for 3 days, then 10, 25, 50, 75 and 95 % for 2 each) with every metric's defaults. */
import { freezeCuts, sampleRatio } from '../../dist/esm/judging.js';
import { durationSlots } from './durations.mjs';
import { offsetsOf, tickOf } from './guildRollouts.mjs';
import { GuildWorld, slotHours } from './guildWorld.mjs';
import { Judge, Watch } from './methods.mjs';

const phases = [5, 10, 25, 50, 75, 95].map((percent) => ({
  share: percent / 100,
  hours: percent === 5 ? 72 : 48,
}));
const ratingsPerSlot = 2;

/** Peaks of every comparison over harmless rollouts; latency also at its margin itself, where it alarms most often. */
export function harmlessPlan(seed, { assignments }) {
  const world = new GuildWorld(seed, { withDurations: true });
  const { cuts, errorOffsets, latencyOffsets } = frozen(world);
  const rollouts = Array.from({ length: assignments }, () => newRollout(world));
  let hour = 0;
  for (const { share, hours } of phases) {
    for (const rollout of rollouts) rollout.enter(share);
    for (const end = hour + hours; hour < end; hour += slotHours) {
      world.slot();
      const slow = slowFractions(world, cuts);
      for (const rollout of rollouts) rollout.take({ hour, world, errorOffsets, latencyOffsets, slow });
    }
  }
  return rollouts.map(({ watches }) =>
    Object.fromEntries(Object.entries(watches).map(([method, { peak }]) => [method, peak])),
  );
}

/** Cuts and offsets from the week before, as a rollout freezes them. */
function frozen(world) {
  const baseline = {};
  for (let slot = 0; slot < 96; slot++) {
    world.slot();
    world.durations.forEach((count, at) => {
      if (count > 0) baseline[at % durationSlots] = (baseline[at % durationSlots] ?? 0) + count;
    });
  }
  const cuts = freezeCuts(baseline);
  const slow = cuts.map(() => new Float64Array(world.guilds));
  world.onHistory = () => {
    const fractions = slowFractions(world, cuts);
    slow.forEach((sums, i) => {
      for (const guild of world.active) sums[guild] += fractions[i][guild];
    });
  };
  const { hits, active } = world.history();
  const latencyOffsets = cuts.map((cut, i) => offsetsOf({ hits: slow[i], active }, cut.slower));
  return { cuts, errorOffsets: offsetsOf({ hits, active }), latencyOffsets };
}

/** Per view and guild the fraction of its runs in this slot above the cut: five at the cuts, then five one bucket higher. */
function slowFractions({ durations, runs, active, guilds }, cuts) {
  const edges = [0, 1].flatMap((shift) => cuts.map(({ edge }) => edge + shift));
  const fractions = edges.map(() => new Float64Array(guilds));
  const atLeast = new Float64Array(durationSlots + 1);
  for (const guild of active) {
    const base = guild * durationSlots;
    for (let bucket = durationSlots - 1; bucket >= 0; bucket--)
      atLeast[bucket] = atLeast[bucket + 1] + durations[base + bucket];
    for (let view = 0; view < edges.length; view++) {
      fractions[view][guild] = atLeast[Math.min(durationSlots, Math.max(0, edges[view] + 1))] / runs[guild];
    }
  }
  return fractions;
}

function newRollout(world) {
  const { random, guilds } = world;
  const position = Float64Array.from({ length: guilds }, () => random.uniform());
  const judges = {
    errorsRollback: new Judge(1.2),
    errorsPause: new Judge(1),
    latency: new Judge(1, { views: 5 }),
    latencyAtMargin: new Judge(1, { views: 5 }),
    satisfaction: new Judge(1.1),
  };
  const watches = Object.fromEntries(
    [...Object.keys(judges), 'sampleRatio'].map((name) => [name, new Watch()]),
  );
  let arms;
  let seen;
  let counts;
  let expectedShare;
  return {
    watches,
    enter(share) {
      expectedShare = share;
      arms = Uint8Array.from(position, (at) => (at < share ? 1 : 0));
      seen = new Uint8Array(guilds);
      counts = { canary: 0, control: 0 };
    },
    take({ hour, world: { active, failures }, errorOffsets, latencyOffsets, slow }) {
      const see = (name, ticks) => watches[name].see(judges[name].take(hour, ticks));
      const errors = tickOf(active, arms, errorOffsets, (guild) => (failures[guild] > 0 ? 1 : 0));
      see('errorsRollback', [errors]);
      see('errorsPause', [errors]);
      const views = (canaryShift) =>
        latencyOffsets.map((offsets, i) =>
          latencyTick(active, arms, offsets, slow[i], slow[i + 5 * canaryShift]),
        );
      see('latency', views(1));
      // No shift for equal arms is the same as a canary slower by exactly the margin.
      see('latencyAtMargin', views(0));
      see('satisfaction', [ratings(random, expectedShare)]);
      for (const guild of active) {
        if (seen[guild] === 1) continue;
        seen[guild] = 1;
        counts[arms[guild] === 1 ? 'canary' : 'control']++;
      }
      const { lnE, lnLimit } = sampleRatio(counts, { expectedShare, phases: phases.length });
      watches.sampleRatio.see(lnE - lnLimit);
    },
  };
}

function latencyTick(active, arms, offsets, slowInControl, slowInCanary) {
  const canary = { bad: 0, exposure: 0 };
  const control = { bad: 0, exposure: 0 };
  for (const guild of active) {
    const isCanary = arms[guild] === 1;
    const arm = isCanary ? canary : control;
    arm.bad += isCanary ? slowInCanary[guild] : slowInControl[guild];
    arm.exposure += offsets[guild];
  }
  return { canary, control };
}

/** Ratings, with the canary exactly at its margin: its mean outcome is 0.5, the control's 0.5 / 1.1. */
function ratings(random, share) {
  const arm = (expected, scale) => {
    const exposure = random.poisson(expected);
    let bad = 0;
    for (let i = 0; i < exposure; i++) bad += (Math.floor(random.uniform() * 5) / 4) * scale;
    return { exposure, bad };
  };
  return { canary: arm(ratingsPerSlot * share, 1), control: arm(ratingsPerSlot * (1 - share), 1 / 1.1) };
}
