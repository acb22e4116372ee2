/** A person with a role of the staff guild, and what they were shown, in order. */
import type { ButtonInteraction } from 'discord.js';
import { vi } from 'vitest';
import type { House } from '../../../../src/lib/discord/House.js';
import { Turn } from '../../../../src/lib/discord/Turn.js';
import { flagsRoom } from '../flagsFixture.js';

export const roles = { admin: '1', staff: '2', oncall: '3', nobody: '9' } as const;

export interface Shown {
  readonly text: string;
  readonly buttons: readonly string[];
}

export function turnOf(role: keyof typeof roles, rooms: Partial<House>) {
  const shown: Shown[] = [];
  const forms: unknown[] = [];
  const keep = async (message: unknown): Promise<void> => {
    const text = JSON.stringify(message);
    const buttons = [...text.matchAll(/"custom_id":"([^"]*)"/g)].map(([, id = '']) => id);
    shown.push({ text, buttons });
    interaction.replied = true;
  };
  const interaction = {
    user: { id: `70000000000000000${roles[role]}`, username: role },
    guildId: '100000000000000001',
    member: { roles: [roles[role]] },
    memberPermissions: null,
    replied: false,
    deferred: false,
    isMessageComponent: () => true,
    reply: keep,
    update: keep,
    editReply: keep,
    deferReply: async () => undefined,
    showModal: async (form: { toJSON(): unknown }) => void forms.push(form.toJSON()),
  };
  const house = {
    config: {
      staff: {
        guildId: '100000000000000001',
        adminRoleIds: [roles.admin],
        staffRoleIds: [roles.staff],
        onCallRoleId: roles.oncall,
      },
    },
    flags: flagsRoom({}),
    realTime: { now: () => 0 },
    domainTime: { now: () => 0 },
    overrides: [],
    logger: { debug: vi.fn() },
    cardOf: async () => ({ channelId: '200000000000000001', messageId: '300000000000000001' }),
    ...rooms,
  } as unknown as House;
  return { turn: new Turn(house, interaction as unknown as ButtonInteraction), shown, forms, house };
}
