import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { StaffConfig } from '../../../src/config/Config.js';
import { may, standingOf, type Person } from '../../../src/lib/discord/rights.js';

const staff: StaffConfig = {
  guildId: '100',
  adminRoleIds: ['1'],
  staffRoleIds: ['2'],
  onCallRoleId: '3',
  channels: { operations: '#operations', 'dev-team': '#dev-team', management: '#management' },
};
const person = (change: Partial<Person> = {}): Person => ({
  userId: '7',
  guildId: '100',
  roleIds: [],
  permissions: 0n,
  ...change,
});

describe('standing', () => {
  it('follows the roles, the highest first', () => {
    expect(standingOf(person({ roleIds: ['2', '1'] }), staff)).toBe('admin');
    expect(standingOf(person({ roleIds: ['2'] }), staff)).toBe('staff');
    expect(standingOf(person({ roleIds: ['3'] }), staff)).toBe('staff');
    expect(standingOf(person({ roleIds: ['9'] }), staff)).toBe('none');
  });

  it('counts in the staff guild only', () => {
    const elsewhere = person({
      guildId: '200',
      roleIds: ['1'],
      permissions: PermissionFlagsBits.Administrator,
    });
    expect(standingOf(elsewhere, staff)).toBe('none');
    expect(standingOf(person({ guildId: null, roleIds: ['1'] }), staff)).toBe('none');
  });

  it('is for Administrators where no role is named, and not where one is', () => {
    const administrator = person({ permissions: PermissionFlagsBits.Administrator });
    expect(standingOf(administrator, staff)).toBe('none');
    expect(standingOf(administrator, { ...staff, staffRoleIds: [] })).toBe('staff');
    expect(standingOf(administrator, { ...staff, adminRoleIds: [] })).toBe('admin');
    expect(standingOf(person(), { ...staff, adminRoleIds: [], staffRoleIds: [] })).toBe('none');
  });

  it('gives nobody the on-call role where none is named', () => {
    expect(standingOf(person({ roleIds: ['3'] }), { ...staff, onCallRoleId: undefined })).toBe('none');
  });
});

describe('may', () => {
  it.each([
    ['admin', ['1'], { admin: true, narrow: true, look: true }],
    ['staff', ['2'], { admin: false, narrow: true, look: true }],
    ['on-call', ['3'], { admin: false, narrow: true, look: true }],
    ['anybody else', [], { admin: false, narrow: false, look: false }],
  ] as const)('%s', (_who, roleIds, expected) => {
    const who = person({ roleIds });
    expect({
      admin: may(who, 'admin', staff),
      narrow: may(who, 'narrow', staff),
      look: may(who, 'look', staff),
    }).toEqual(expected);
  });

  it('lets members with Manage Server decide for their guild, staff or not', () => {
    expect(
      may(person({ guildId: '5', permissions: PermissionFlagsBits.ManageGuild }), 'manager', staff),
    ).toBe(true);
    expect(may(person({ roleIds: ['1'] }), 'manager', staff)).toBe(false);
    expect(
      may(person({ guildId: null, permissions: PermissionFlagsBits.ManageGuild }), 'manager', staff),
    ).toBe(false);
  });
});
