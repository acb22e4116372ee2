/** How soon each method finds harm, at its own boundary and at the one that gives as many false alarms as this judge has. */
import { alarms, amount, boundaryFor, table, timeQuantile } from './figures.mjs';

const atAlpha = -Math.log(0.01);
const rivals = { threshold: 1.2, z: 2.326348, growthBook: atAlpha };
const labels = {
  shipped: 'this judge, a start every 6 h',
  oneStart: 'this judge, one start',
  threshold: 'bare threshold (+20 %)',
  z: 'repeated z-test',
  growthBook: 'GrowthBook sequential',
};

/** Independent commands; the unit is the command, time is counted in canary commands (400 an hour). */
export async function commandDetection(pool, independent, rollouts) {
  const falseAlarms = alarms(independent, 'shipped', atAlpha);
  const boundaries = { shipped: [atAlpha], oneStart: [atAlpha] };
  for (const [method, nominal] of Object.entries(rivals)) {
    boundaries[method] = [nominal, boundaryFor(independent, method, falseAlarms)];
  }
  const medians = {};
  for (const [name, title, hoursByRatio] of [
    [
      'harmFresh',
      'from the start of the rollout',
      [
        [1.2, 240],
        [2, 48],
        [5, 12],
      ],
    ],
    [
      'harmLate',
      'after 10 healthy days, onset anywhere between two starts',
      [
        [2, 60],
        [5, 12],
      ],
    ],
  ]) {
    const rows = [];
    for (const [ratio, maxHours] of hoursByRatio) {
      const results = await pool.simulate(name, rollouts, { ratio, maxHours, boundaries });
      for (const method of Object.keys(boundaries)) {
        const times = [0, 1].map((at) => results.map((result) => result[method][at] ?? null));
        const find = (at, quantile) =>
          boundaries[method][at] === undefined ? '' : amount(timeQuantile(times[at], quantile));
        const before = times[0].filter((time) => time === null).length;
        rows.push([
          `x${ratio}`,
          labels[method],
          find(0, 0.5),
          find(0, 0.9),
          `${((100 * before) / results.length).toFixed(1)} %`,
          find(1, 0.5),
          find(1, 0.9),
        ]);
        medians[`${name} x${ratio} ${method}`] = timeQuantile(times[0], 0.5);
      }
    }
    table(
      `Canary commands until harm is found, ${title}; independent commands, 10 % canary, 1 % errors, margin 1, alpha 0.01, ${rollouts} rollouts a row, followed for 96,000 (x1.2), 19,200 and 24,000 (x2) or 4,800 (x5) canary commands`,
      ['harm', 'method', 'median', '90 %', 'alarmed before the harm', 'median at equal false alarms', '90 %'],
      rows,
    );
  }
  return goalsOf(medians);
}

function goalsOf(medians) {
  const median = (key) => medians[key];
  const commands = (key, limit) => [
    `${key} median`,
    `<= ${limit} canary commands`,
    amount(median(key)),
    median(key) <= limit,
  ];
  const late = (ratio, limit) => {
    const times = median(`harmLate x${ratio} shipped`) / median(`harmFresh x${ratio} shipped`);
    return [
      `x${ratio} after 10 healthy days, against fresh`,
      `<= ${limit}x`,
      `${times.toFixed(2)}x`,
      times <= limit,
    ];
  };
  return [
    commands('harmFresh x2 shipped', 1_900),
    commands('harmFresh x5 shipped', 250),
    late(2, 2.75),
    late(5, 4.5),
  ];
}

/** Guild units with the shipped defaults; harm from the start, time in hours. */
export async function guildDetection(pool, guilds, rollouts) {
  const levels = {
    rollback: ['this judge, ROLLBACK: margin 1.2, alpha 0.006', -Math.log(0.006)],
    shipped: ['this judge, PAUSE: margin 1, alpha 0.02', -Math.log(0.02)],
  };
  const asMany = (method, rival) => boundaryFor(guilds, rival, alarms(guilds, method, levels[method][1]));
  const boundaries = {
    rollback: [levels.rollback[1]],
    growthBookMargin: [atAlpha, asMany('rollback', 'growthBookMargin')],
    shipped: [levels.shipped[1], atAlpha],
    growthBookGuild: [atAlpha, asMany('shipped', 'growthBookGuild')],
    growthBookOffsets: [atAlpha, asMany('shipped', 'growthBookOffsets')],
  };
  const rows = [];
  const goals = [];
  for (const ratio of [1.5, 2, 5]) {
    const results = await pool.simulate('harmGuilds', rollouts, { ratio, boundaries });
    const find = (method, at) => {
      const times = results.map((result) => result[method][at]);
      return [
        timeQuantile(times, 0.5),
        amount(timeQuantile(times, 0.5), 'h'),
        amount(timeQuantile(times, 0.9), 'h'),
      ];
    };
    const row = (label, method, at) => rows.push([`x${ratio}`, label, ...find(method, at).slice(1)]);
    row(levels.rollback[0], 'rollback', 0);
    row('GrowthBook above +20 %, as many false alarms as ROLLBACK', 'growthBookMargin', 1);
    row('GrowthBook above +20 %, alpha 0.01', 'growthBookMargin', 0);
    row(levels.shipped[0], 'shipped', 0);
    row('GrowthBook above 0, as many false alarms as PAUSE', 'growthBookGuild', 1);
    row('GrowthBook above 0, alpha 0.01', 'growthBookGuild', 0);
    row('GrowthBook on our offsets, as many false alarms as PAUSE', 'growthBookOffsets', 1);
    row('GrowthBook on our offsets, alpha 0.01', 'growthBookOffsets', 0);
    row('this judge at margin 1, alpha 0.01', 'shipped', 1);
    if (ratio < 2) continue;
    for (const [action, method, rival] of [
      ['ROLLBACK', 'rollback', 'growthBookMargin'],
      ['PAUSE', 'shipped', 'growthBookGuild'],
      ['PAUSE (rival on our offsets)', 'shipped', 'growthBookOffsets'],
    ]) {
      const ours = find(method, 0);
      const theirs = find(rival, 1);
      goals.push([
        `guild units, x${ratio} ${action}`,
        `sooner than GrowthBook's ${theirs[1]}`,
        ours[1],
        ours[0] < theirs[0],
      ]);
    }
  }
  table(
    `Hours until harm is found, guild world, unit (guild, 15 min), 10 % canary, 4,000 commands/h, at most 168 h, ${rollouts} rollouts a row; GrowthBook: unit guild, ratio of failing to active slots, without CUPED`,
    ['harm', 'method', 'median', '90 %'],
    rows,
  );
  return goals;
}
