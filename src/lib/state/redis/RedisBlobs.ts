import type { Blobs, BlobRoom, OwnedBlob } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { pairs } from './replies.js';

const blob = script('blob');

/** Blobs are kept in base64: every client, proxy and console can carry them. */
export class RedisBlobs implements Blobs {
  private readonly blobs: string;
  private readonly times: string;

  public constructor(
    private readonly calls: RedisCalls,
    keys: RedisKeys,
    room: BlobRoom,
  ) {
    this.blobs = keys.blobs(room);
    this.times = keys.blobTimes(room);
  }

  public async put(owner: string, bytes: Uint8Array): Promise<void> {
    const base64 = Buffer.from(bytes).toString('base64');
    await this.calls.run('write', blob, [this.blobs, this.times], [owner, base64]);
  }

  public async get(owner: string): Promise<OwnedBlob | undefined> {
    const [base64, at] = await Promise.all(
      [this.blobs, this.times].map(async (key) => this.calls.command('read', key, ['HGET', key, owner])),
    );
    return typeof base64 === 'string' ? owned(owner, Number(at ?? 0), base64) : undefined;
  }

  public async all(): Promise<readonly OwnedBlob[]> {
    const [times, found] = await Promise.all([
      this.calls.command('read', this.times, ['HGETALL', this.times]),
      this.calls.command('read', this.blobs, ['HGETALL', this.blobs]),
    ]);
    const at = pairs(times);
    return [...pairs(found)]
      .map(([owner, base64]) => owned(owner, Number(at.get(owner) ?? 0), base64))
      .sort((a, b) => (a.owner < b.owner ? -1 : 1));
  }

  public async remove(owner: string): Promise<void> {
    await this.calls.command('write', this.blobs, ['HDEL', this.blobs, owner]);
    await this.calls.command('write', this.times, ['HDEL', this.times, owner]);
  }
}

function owned(owner: string, at: number, base64: string): OwnedBlob {
  return { owner, at, blob: Buffer.from(base64, 'base64') };
}
