/** The flags and guilds that all contestants are given. */

export const stamp = { by: 'bench', at: 0 };
export const listLength = 1_000;

/** A snowflake as a string that nobody has seen before, as each gateway payload brings it. */
export function guildId(number) {
  return (1_100_000_000_000_000_000n + BigInt(number) * 4_194_304_001n).toString();
}

export function flagDocument(key, facts = {}) {
  return {
    v: 1,
    schema: 1,
    key,
    description: '',
    kind: 'release',
    owner: null,
    beta: 'closed',
    optOut: 'until-release',
    enabled: true,
    basisPoints: 0,
    seed: null,
    algo: 1,
    killed: null,
    archived: null,
    requires: [],
    cohorts: {},
    ceiling: null,
    rollout: null,
    expiresAt: null,
    created: stamp,
    updated: stamp,
    servedSince: 0,
    declared: false,
    ...facts,
  };
}

/** 70 simple flags (half of them on), 20 at a percentage, 10 with a list of 1,000 guilds and a percentage. */
export function mix() {
  const simple = Array.from({ length: 70 }, (_, i) =>
    flagDocument(`simple_flag_${i}`, { basisPoints: i % 2 === 0 ? 10_000 : 0 }),
  );
  const percentage = Array.from({ length: 20 }, (_, i) =>
    flagDocument(`percentage_flag_${i}`, { basisPoints: 250 + 475 * i }),
  );
  const list = Array.from({ length: 10 }, (_, i) =>
    flagDocument(`list_flag_${i}`, { basisPoints: 500 + 900 * i }),
  );
  return { simple, percentage, list };
}

/** The guilds on the list of the i-th list flag. */
export function listOf(i) {
  return Array.from({ length: listLength }, (_, n) => guildId(n * 97 + i));
}

/** One guild in ten has an override of its own, for one of the flags, every other one a deny. */
export function overrides(keys, guilds) {
  return Array.from({ length: guilds / 10 }, (_, n) => ({
    id: guildId(n * 10 + 3),
    flag: keys[n % keys.length],
    is: n % 2 === 0 ? 'allow' : 'deny',
  }));
}

export function guildDocument(id, entries, v = 2) {
  return { v, schema: 1, id, entries, channelId: null };
}
