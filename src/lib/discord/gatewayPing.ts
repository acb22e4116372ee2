import { type Client, Status } from 'discord.js';

/**
 * Round trip of the gateway's heartbeat, ms; null where a shard is not connected, or no heartbeat was answered yet (the first takes
 * up to a minute).
 */
export function gatewayPing({ ws }: Pick<Client, 'ws'>): number | null {
  const isConnected = [...ws.shards.values()].every(({ status }) => status === Status.Ready);
  return isConnected && ws.ping >= 0 ? ws.ping : null;
}
