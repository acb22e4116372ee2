import { expect, test } from 'vitest';
import { systemClock } from '../../src/lib/core/Clock.js';
import { asRead } from '../../src/sandbox/people/reading.js';
import { seededWorld } from '../../src/sandbox/world/seed.js';
import { SnowflakeSource } from '../../src/sandbox/world/snowflake.js';

const world = seededWorld(systemClock, 4);
const admin = world.user('admin').id;
const staff = world.guild('Rollout HQ');
const onCall = [...staff.roles.values()].find(({ name }) => name === 'On-call')?.id;

test.each([
  [
    `<@${admin}> in <#${world.channel('operations', staff).id}> asks <@&${onCall}>`,
    '@admin in #operations asks @On-call',
  ],
  ['**bold _and_** ~~old~~ `co*de*` ||hidden||', 'bold and old co*de* hidden'],
  ['\\*\\*not bold\\*\\* new\\_greeting snake_case_name', '**not bold** new_greeting snake_case_name'],
  ['<t:1700000000:R>', '2023-11-14T22:13:20.000Z'],
  ['`<@1>` \\<@1>', '<@1> <@1>'],
  ['[text](https://x.y) </feature enable:1>', 'text /feature enable'],
])('%s is read as %s', (written, read) => {
  expect(asRead(world, written)).toBe(read);
});

test('ids rise, even when the clock stands still or goes back', () => {
  let now = Date.now();
  const ids = new SnowflakeSource({ now: () => now-- });
  const made = Array.from({ length: 5_000 }, () => BigInt(ids.next()));
  expect(made.every((id, n) => n === 0 || id > (made[n - 1] ?? 0n))).toBe(true);
});
