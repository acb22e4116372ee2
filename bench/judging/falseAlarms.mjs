/** How often each method alarms over rollouts that changed nothing. */
import { alarms, share, table } from './figures.mjs';

const alpha = 0.01;
const atAlpha = -Math.log(alpha);
const zAtAlpha = 2.326348;

const perCommand = {
  shipped: ['this judge', 'margin 1, a start every 6 h', atAlpha],
  oneStart: ['this judge, one start', 'margin 1', atAlpha],
  threshold: ['bare threshold', '+20 %, from 500 canary commands on', 1.2],
  z: ['repeated z-test', 'one-sided, from 500 canary commands on', zAtAlpha],
  growthBook: ['GrowthBook sequential', 'one-sided, N* = 5,000', atAlpha],
};

const perGuild = {
  shipped: ['this judge', 'margin 1, unit (guild, 15 min), frozen offsets', atAlpha],
  rollback: ['this judge, rollback level', 'margin 1.2, alpha 0.006, unit (guild, 15 min)', -Math.log(0.006)],
  growthBookGuild: ['GrowthBook sequential', 'unit guild, ratio metric, N* = 5,000', atAlpha],
  growthBookMargin: ['GrowthBook, lower limit above +20 %', 'unit guild, ratio metric, N* = 5,000', atAlpha],
  growthBookOffsets: [
    'GrowthBook on our offsets',
    'unit guild, bad over expected slots, N* = 5,000',
    atAlpha,
  ],
  perCommand: ['this e-process', 'unit command (wrong here)', atAlpha],
  threshold: ['bare threshold', '+20 %, unit command', 1.2],
  z: ['repeated z-test', 'unit command', zAtAlpha],
  growthBook: ['GrowthBook sequential', 'unit command', atAlpha],
};

/** Title, scenario, methods, and the share of false alarms that this judge may have. */
const comparisons = [
  [
    'Independent commands: 10 % canary, 1 % errors, 4,000 commands/h, 48 h, a look every 30 s',
    'independent',
    perCommand,
    0.01,
  ],
  [
    'Ramp: canary 5 -> 75 % while the base rate doubles to 2 %, 48 h, a look every 30 s',
    'ramp',
    perCommand,
    0.01,
  ],
  ['Fortnight: 14 days, 10 % canary, 1 % errors, a look every 15 min', 'fortnight', perCommand, 0.01],
  [
    'Guilds: 1,000, Zipf traffic, lognormal error rates (sigma 1), bursts, 10 % canary, 48 h',
    'guilds',
    perGuild,
    0.013,
  ],
];

/** Prints the tables and returns the results by scenario, from which boundaries for equal false alarms are taken. */
export async function falseAlarms(pool, rollouts) {
  const results = {};
  const goals = [];
  for (const [title, name, methods, limit] of comparisons) {
    results[name] = await pool.simulate(name, rollouts);
    const of = results[name].length;
    const rows = Object.entries(methods).map(([method, [label, settings, boundary]]) => [
      label,
      settings,
      share(alarms(results[name], method, boundary), of),
    ]);
    table(
      `A/A. ${title}; alpha 0.01, ${of.toLocaleString('en')} rollouts`,
      ['method', 'settings', 'alarmed'],
      rows,
    );
    const rate = alarms(results[name], 'shipped', atAlpha) / of;
    goals.push([
      `false alarms, ${name}`,
      `<= ${100 * limit} %`,
      `${(100 * rate).toFixed(2)} %`,
      rate <= limit,
    ]);
  }
  return { results, goals };
}

/** What one harmless run through the built-in plan meets with all metrics at their defaults. */
export async function falsePauses(pool, rollouts) {
  const results = await pool.simulate('plan', rollouts);
  const of = results.length;
  const limits = {
    errorsRollback: ['errors, ROLLBACK', 'margin 1.2, alpha 0.006', -Math.log(0.006)],
    errorsPause: ['errors, PAUSE', 'margin 1, alpha 0.02', -Math.log(0.02)],
    latency: ['latency, PAUSE', 'margin 1.5, alpha 0.004, arms equal', -Math.log(0.004)],
    latencyAtMargin: ['latency, canary 1.5x as slow', 'margin 1.5, alpha 0.004', -Math.log(0.004)],
    satisfaction: ['satisfaction, PAUSE', 'margin 1.1, alpha 0.02, canary at the margin', -Math.log(0.02)],
    sampleRatio: ['sample ratio, PAUSE', 'alpha 0.005 over six phases', 0],
  };
  const pausing = ['errorsPause', 'latency', 'satisfaction', 'sampleRatio'];
  const paused = results.filter((result) =>
    pausing.some((metric) => result[metric] >= limits[metric][2]),
  ).length;
  table(
    `A/A. The built-in plan's compared phases (5 to 95 % in 13 days), guild world, shipped defaults; ${of.toLocaleString('en')} rollouts`,
    ['metric', 'settings', 'alarmed'],
    [
      ...Object.entries(limits).map(([metric, [label, settings, boundary]]) => [
        label,
        settings,
        share(alarms(results, metric, boundary), of),
      ]),
      ['any PAUSE', '', share(paused, of)],
    ],
  );
  return [
    'false pauses a rollout, all metrics',
    '<= 5 %',
    `${((100 * paused) / of).toFixed(2)} %`,
    paused / of <= 0.05,
  ];
}
