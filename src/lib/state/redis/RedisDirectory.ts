import type { DirectoryBlobs } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { pairs } from './replies.js';

const blob = script('blob');

/** Blobs are kept in base64: every client, proxy and console can carry them. */
export class RedisDirectory implements DirectoryBlobs {
  public constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
  ) {}

  public async put(owner: string, bytes: Uint8Array): Promise<void> {
    const { blobs, blobTimes } = this.keys;
    await this.calls.run('write', blob, [blobs, blobTimes], [owner, Buffer.from(bytes).toString('base64')]);
  }

  public async all(): Promise<readonly { owner: string; at: number; blob: Uint8Array }[]> {
    const { blobs, blobTimes } = this.keys;
    const [times, found] = await Promise.all([
      this.calls.command('read', blobTimes, ['HGETALL', blobTimes]),
      this.calls.command('read', blobs, ['HGETALL', blobs]),
    ]);
    const at = pairs(times);
    return [...pairs(found)]
      .map(([owner, base64]) => ({
        owner,
        at: Number(at.get(owner) ?? 0),
        blob: Buffer.from(base64, 'base64'),
      }))
      .sort((a, b) => (a.owner < b.owner ? -1 : 1));
  }

  public async remove(owner: string): Promise<void> {
    const { blobs, blobTimes } = this.keys;
    await this.calls.command('write', blobs, ['HDEL', blobs, owner]);
    await this.calls.command('write', blobTimes, ['HDEL', blobTimes, owner]);
  }
}
