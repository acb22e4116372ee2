import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.js';
import { InvalidConfig } from '../../src/config/InvalidConfig.js';
import { resolveConfig, type RolloutsConfigOptions } from '../../src/config/resolveConfig.js';

const staff = { guildId: '100000000000000001' };

function settingsRefused(options: unknown): readonly string[] {
  try {
    resolveConfig(options as RolloutsConfigOptions);
  } catch (error) {
    if (error instanceof InvalidConfig)
      return error.problems.map(({ setting, wrong }) => `${setting} ${wrong}`);
    throw error;
  }
  throw new Error('It was accepted.');
}

describe("a host's options", () => {
  it('need only the staff guild, and serve no HTTP unless asked', () => {
    const read = readEnvironment({ DISCORD_TOKEN: 'x', STAFF_GUILD_ID: staff.guildId });
    if (!read.ok) throw new Error(read.message);
    expect(resolveConfig({ staff })).toEqual({
      ...read.settings.rollouts,
      http: undefined,
      dropsForeignEvents: false,
    });
    expect(resolveConfig({ staff, http: {} }).http).toEqual({ host: '127.0.0.1', port: 8080 });
  });

  it('resolved a second time are the same', () => {
    const once = resolveConfig({
      staff: { ...staff, onCallRoleId: '100000000000000002', channels: { operations: '#ops' } },
      state: { redisUrl: 'redis://host:1' },
      http: { port: 0 },
      flags: { new_error_handling: { description: 'Replies name the problem.', beta: 'open' } },
      rollbackMode: true,
    });
    expect(resolveConfig(once)).toEqual(once);
  });

  it('leave commands out or rename them', () => {
    const commands = { feature: 'flag', beta: false } as const;
    expect(resolveConfig({ staff, commands }).commands).toEqual(commands);
    expect(settingsRefused({ staff, commands: { feature: 'Flag It', other: false } })).toEqual([
      'rollouts.commands.feature is neither false nor a lower-case name of 1 to 32 letters, digits, - and _',
      'rollouts.commands.other is no known setting',
    ]);
  });

  it('are refused with every problem at once, each named by its path', () => {
    expect(
      settingsRefused({
        staff: { guildId: 1, channels: { operations: 'ops' }, stafff: true },
        http: { port: 70_000 },
        flags: { a_flag: { kind: 'relase' } },
        rolbackMode: true,
      }),
    ).toEqual([
      'rollouts.staff.guildId is of the wrong type: string is expected',
      'rollouts.staff.channels.operations is neither a channel id nor a #name',
      'rollouts.staff.stafff is no known setting',
      'rollouts.http.port is above 65535',
      'rollouts.flags.a_flag.description is missing',
      'rollouts.flags.a_flag.kind is none of release, ops, experiment, permission',
      'rollouts.rolbackMode is no known setting',
    ]);
  });

  it('without a staff part are refused by name', () => {
    expect(settingsRefused({})).toEqual(['rollouts.staff is missing']);
  });

  it('may bring clocks of their own, which are no part of the configuration', () => {
    expect(resolveConfig({ staff, clocks: {} })).toEqual(resolveConfig({ staff }));
  });
});
