import { Client, Events, SnowflakeUtil } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { gateEvents } from '../../../src/plugin/releases/gateEvents.js';

let client: Client;
let heard: string[];
let asked: { at: number; shard: string | undefined }[];
let errors: unknown[];
let decision: boolean | Promise<boolean>;

beforeEach(() => {
  client = new Client({ intents: [], shardCount: 16 });
  heard = [];
  asked = [];
  errors = [];
  decision = true;
  gateEvents(
    client,
    {
      decide: (at, shard) => {
        asked.push({ at, shard });
        return decision;
      },
    },
    { debug: () => undefined, error: (...values) => void errors.push(values) },
  );
  for (const name of [Events.InteractionCreate, Events.MessageCreate, Events.GuildCreate])
    client.on(String(name), (subject) => heard.push(`${name} ${(subject as { id: string }).id}`));
});

const at = Date.UTC(2026, 0, 1);
const id = SnowflakeUtil.generate({ timestamp: at }).toString();
const guildId = (5n << 22n).toString();
const emit = (name: string, subject: object): boolean => client.emit(name, subject);

describe('the gate', () => {
  it('asks by the moment that the snowflake says, and by the shard of the guild', () => {
    emit(Events.InteractionCreate, { id, guildId });
    emit(Events.MessageCreate, { id, guildId: null });
    expect(asked).toEqual([
      { at, shard: '5/16' },
      { at, shard: '0/16' },
    ]);
    expect(heard).toEqual([`interactionCreate ${id}`, `messageCreate ${id}`]);
  });

  it('drops what is not its own before any listener hears of it', () => {
    decision = false;
    expect(emit(Events.InteractionCreate, { id, guildId })).toBe(false);
    expect(heard).toEqual([]);
  });

  it('holds what it cannot decide yet', async () => {
    let tell: (isOurs: boolean) => void = () => undefined;
    const decide = (): Promise<boolean> => new Promise((resolve) => (tell = resolve));
    decision = decide();
    emit(Events.InteractionCreate, { id, guildId });
    expect(heard).toEqual([]);
    tell(true);
    await decision;
    expect(heard).toEqual([`interactionCreate ${id}`]);
    decision = decide();
    emit(Events.InteractionCreate, { id, guildId });
    tell(false);
    await decision;
    expect(heard).toHaveLength(1);
  });

  it('lets through what leads to no answer, and what is no event of Discord', () => {
    decision = false;
    emit(Events.GuildCreate, { id });
    expect(heard).toEqual([`guildCreate ${id}`]);
    expect(asked).toEqual([]);
  });

  it('a listener that fails on a held event is said, and brings nothing down', async () => {
    client.prependListener(Events.InteractionCreate, () => {
      throw new Error('the host’s own fault');
    });
    decision = Promise.resolve(true);
    emit(Events.InteractionCreate, { id, guildId });
    await decision;
    await Promise.resolve();
    expect(errors).toHaveLength(1);
  });
});
