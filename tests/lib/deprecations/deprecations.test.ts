import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, describeDeprecation } from '../../../src/lib/deprecations/Deprecation.js';
import { DeprecationUse } from '../../../src/lib/deprecations/DeprecationUse.js';
import { assertNoExpiredDeprecations, expiredDeprecations } from '../../../src/lib/deprecations/expired.js';
import { deprecate, deprecations, noteUse, rename } from '../../../src/lib/deprecations/registry.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { lmdbGround } from '../../support/lmdbGround.js';

const facts = { since: '2.3.0', removeIn: '3.0.0', instead: '/greet' };
const today = new Date('2026-05-03T12:00:00Z');

describe('a deprecation', () => {
  it('says what goes, when, and what takes its place; its code is made of its name', () => {
    const deprecation = deprecate('Greeter.sayHello', facts);
    expect(describeDeprecation(deprecation)).toBe(
      'Greeter.sayHello is deprecated since 2.3.0 and goes away in 3.0.0: use /greet instead.',
    );
    expect(deprecation.code).toBe('DEP_GREETER_SAY_HELLO');
    expect(codeOf('/old greet')).toBe('DEP_OLD_GREET');
  });

  it.each([
    { since: 'soon' },
    { removeIn: '' },
    { removeIn: '2026-02-30' },
    { removeIn: '3.0.0.0' },
    { instead: ' ' },
  ])('is refused where it makes no sense: %j', (wrong) => {
    expect(() => deprecate('wrong', { ...facts, ...wrong })).toThrow(
      expect.objectContaining({ code: 'BAD_DEPRECATION' }),
    );
  });

  it('is listed once, under the name that is known last', () => {
    deprecate('OldGreetCommand', facts);
    rename(deprecate('OldGreetCommand', facts), '/oldgreet');
    const names = deprecations().map(({ what }) => what);
    expect(names).toContain('/oldgreet');
    expect(names).not.toContain('OldGreetCommand');
  });
});

describe('the check for a host’s tests', () => {
  const isExpired = (version: string): boolean =>
    expiredDeprecations({ version, today }).some(({ what }) => what === 'by version');

  it.each([
    ['2.99.99', false],
    ['3.0.0-beta.1', true],
    ['3.0.0', true],
    ['v10.0', true],
  ])('at version %s: expired is %s', (version, expected) => {
    deprecate('by version', facts);
    expect(isExpired(version)).toBe(expected);
  });

  it('counts a day as passed from its first moment (UTC)', () => {
    deprecate('by day', { ...facts, removeIn: '2026-05-04' });
    const at = (text: string) => () =>
      assertNoExpiredDeprecations({ version: '1.0.0', today: new Date(text) });
    expect(at('2026-05-03T23:59:59Z')).not.toThrow();
    expect(at('2026-05-04T00:00:00Z')).toThrow(
      '- by day was to be gone on 2026-05-04; /greet takes its place',
    );
  });

  it('wants a version where one is needed', () => {
    expect(() => assertNoExpiredDeprecations({ today })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_VERSION' }),
    );
    expect(() => assertNoExpiredDeprecations({ version: 'latest', today })).toThrow('"latest" is no version');
  });
});

describe('use', () => {
  let ground: Awaited<ReturnType<typeof lmdbGround>>;
  let store: Store;
  beforeAll(async () => {
    ground = await lmdbGround();
    store = await ground.open('use');
  });
  afterAll(async () => {
    await store.close();
    await ground.dispose();
  });

  it('is counted over all processes, and told by the flag that takes its place', async () => {
    const use = (): DeprecationUse =>
      new DeprecationUse({
        counters: store.counters,
        clock: { now: () => today.getTime() },
        random: randomBytes,
      });
    const old = deprecate('/old', { ...facts, flag: 'layer' });
    deprecate('/unused', { ...facts, flag: 'layer' });
    for (const each of [use(), use()]) {
      noteUse(old);
      noteUse(old);
      await each.flush();
    }
    const listed = await use().list('layer');
    expect(listed.map(({ what, uses, lastUsed }) => [what, uses, lastUsed])).toEqual([
      ['/old', 4, Date.UTC(2026, 4, 3)],
      ['/unused', 0, undefined],
    ]);
    expect(await use().list('another')).toEqual([]);
    // Whoever has just used it looks it up at once.
    noteUse(old);
    expect((await use().list('layer'))[0]?.uses).toBe(5);
  });
});
