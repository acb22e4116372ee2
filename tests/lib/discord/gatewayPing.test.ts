import { Collection, Status } from 'discord.js';
import { expect, it } from 'vitest';
import { gatewayPing } from '../../../src/lib/discord/gatewayPing.js';

function ping(ms: number, ...statuses: Status[]): number | null {
  const shards = new Collection(statuses.map((status, id) => [id, { id, status }]));
  return gatewayPing({ ws: { ping: ms, shards } } as never);
}

it('is the heartbeat’s while every shard is connected, and nothing where one is not, or none was answered yet', () => {
  expect(ping(40, Status.Ready, Status.Ready)).toBe(40);
  expect(ping(40, Status.Ready, Status.Reconnecting)).toBeNull();
  expect(ping(-1, Status.Ready)).toBeNull();
  expect(ping(Number.NaN)).toBeNull();
});
